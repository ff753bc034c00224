//! A launcher whose scheduler is a list in memory that outlives it, as a cluster's does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::{Capacity, Job, JobId, JobState, Launcher, SubmitError, Unreachable};

/// What the scheduler of the cluster knows.
#[derive(Default)]
pub(crate) struct Cluster {
    /// Every job that was ever submitted, with its state.
    pub(crate) jobs: Vec<(Job, JobState)>,
    /// Ids of jobs that were taken back.
    pub(crate) cancelled: Vec<JobId>,
    /// It does not answer.
    pub(crate) is_down: bool,
    /// How often it was asked for states.
    pub(crate) polls: u32,
}

#[derive(Clone, Default)]
pub(crate) struct Scripted(Arc<Mutex<Cluster>>);

impl Scripted {
    pub(crate) fn cluster(&self) -> MutexGuard<'_, Cluster> {
        self.0.lock().unwrap()
    }

    fn answering(&self) -> Result<MutexGuard<'_, Cluster>, Unreachable> {
        let cluster = self.cluster();
        if cluster.is_down { Err(Unreachable("no route to host".into())) } else { Ok(cluster) }
    }
}

impl Launcher for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn capacity(&self) -> Capacity {
        Capacity::Jobs(100)
    }

    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>> {
        let submit = |job: &Job| {
            let mut cluster = self.answering().map_err(SubmitError::Unreachable)?;
            let reason = Some(format!("Resources for {} CPUs", job.options.cpus));
            cluster.jobs.push((job.clone(), JobState::Pending(reason)));
            Ok(JobId(format!("{}", cluster.jobs.len() - 1)))
        };
        jobs.iter().map(submit).collect()
    }

    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        let mut cluster = self.answering()?;
        cluster.polls += 1;
        let state = |id: &JobId| {
            Some((id.clone(), cluster.jobs.get(id.0.parse::<usize>().ok()?)?.1.clone()))
        };
        Ok(jobs.iter().filter_map(state).collect())
    }

    fn cancel(&mut self, jobs: &[JobId]) -> Result<(), Unreachable> {
        let mut cluster = self.answering()?;
        for id in jobs {
            let at = id.0.parse::<usize>().ok();
            if let Some((_, state)) = at.and_then(|at| cluster.jobs.get_mut(at)) {
                *state = JobState::Gone;
            }
            cluster.cancelled.push(id.clone());
        }
        Ok(())
    }

    fn poll_interval(&self) -> Option<Duration> {
        Some(Duration::from_millis(1))
    }

    fn outlives_server(&self) -> bool {
        true
    }
}
