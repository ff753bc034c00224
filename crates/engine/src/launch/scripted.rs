//! A launcher for tests. Its scheduler is a list in memory that outlives the launcher, like that of a cluster.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::{Job, JobId, JobState, Launcher, LauncherCapacity, SubmitError, Unreachable};

/// The state of the cluster's scheduler.
#[derive(Default)]
pub(crate) struct Cluster {
    /// Every job that was ever submitted, with its state; `None` once it has ended.
    pub(crate) jobs: Vec<(Job, Option<JobState>)>,
    /// Ids of cancelled jobs.
    pub(crate) cancelled: Vec<JobId>,
    /// The cluster is unreachable.
    pub(crate) is_down: bool,
    /// Number of polls.
    pub(crate) polls: u32,
}

#[derive(Clone, Default)]
pub(crate) struct Scripted(Arc<Mutex<Cluster>>);

impl Scripted {
    pub(crate) fn cluster(&self) -> MutexGuard<'_, Cluster> {
        self.0.lock().unwrap()
    }

    fn connect(&self) -> Result<MutexGuard<'_, Cluster>, Unreachable> {
        let cluster = self.cluster();
        if cluster.is_down { Err(Unreachable("no route to host".into())) } else { Ok(cluster) }
    }
}

impl Launcher for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn capacity(&self) -> LauncherCapacity {
        LauncherCapacity::Jobs(100)
    }

    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>> {
        let submit = |job: &Job| {
            let mut cluster = self.connect().map_err(SubmitError::Unreachable)?;
            let reason = Some(format!("Resources for {} CPUs", job.options.cpus));
            cluster.jobs.push((job.clone(), Some(JobState::Pending(reason))));
            Ok(JobId(format!("{}", cluster.jobs.len() - 1)))
        };
        jobs.iter().map(submit).collect()
    }

    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        let mut cluster = self.connect()?;
        cluster.polls += 1;
        let state = |id: &JobId| {
            Some((id.clone(), cluster.jobs.get(id.0.parse::<usize>().ok()?)?.1.clone()?))
        };
        Ok(jobs.iter().filter_map(state).collect())
    }

    fn cancel(&mut self, jobs: &[JobId]) -> Result<(), Unreachable> {
        let mut cluster = self.connect()?;
        for id in jobs {
            let at = id.0.parse::<usize>().ok();
            if let Some((_, state)) = at.and_then(|at| cluster.jobs.get_mut(at)) {
                *state = None;
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
