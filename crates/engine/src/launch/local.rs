//! The launcher for this machine, which starts detached supervisor processes.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Job, JobId, JobState, Launcher, LauncherCapacity, Notify, SubmitError, Unreachable};

mod reaper;

use reaper::Reaper;

/// Spawns `pyr supervise TASK_DIR [--gpus 0,1]`. One thread, started with the first child, waits for all of them.
pub(crate) struct Local {
    pyr_executable: PathBuf,
    spawned: u64,
    reaper: Option<Reaper>,
    live: Arc<LiveJobs>,
    notify: Notify,
}

/// Jobs whose process has not ended.
#[derive(Default)]
struct LiveJobs(Mutex<HashSet<JobId>>);

impl LiveJobs {
    fn lock(&self) -> MutexGuard<'_, HashSet<JobId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Local {
    /// A launcher that calls `notify` when jobs end.
    pub(crate) fn new(pyr_executable: PathBuf, notify: Notify) -> Self {
        Self { pyr_executable, spawned: 0, reaper: None, live: Arc::default(), notify }
    }

    fn spawn(&mut self, job: &Job) -> io::Result<JobId> {
        let reaper = match self.reaper.take() {
            Some(reaper) => reaper,
            None => Reaper::start(self.live.clone(), self.notify.clone())?,
        };
        let reaper = self.reaper.insert(reaper);
        let mut command = Command::new(&self.pyr_executable);
        command.arg("supervise").arg(job.dir.path());
        if !job.gpus.is_empty() {
            let indexes: Vec<String> = job.gpus.iter().map(u32::to_string).collect();
            command.arg("--gpus").arg(indexes.join(","));
        }
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Pids are reused, so a counter makes the id unique.
        self.spawned += 1;
        let id = JobId(format!("{}-{}", child.id(), self.spawned));
        self.live.lock().insert(id.clone());
        reaper.watch(id.clone(), child);
        Ok(id)
    }
}

impl Launcher for Local {
    fn name(&self) -> &'static str {
        "local"
    }

    fn capacity(&self) -> LauncherCapacity {
        LauncherCapacity::ThisMachine
    }

    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>> {
        jobs.iter().map(|job| self.spawn(job).map_err(SubmitError::Refused)).collect()
    }

    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        let live = self.live.lock();
        let jobs = jobs.iter().filter(|id| live.contains(id));
        Ok(jobs.map(|id| (id.clone(), JobState::Running)).collect())
    }

    /// Nothing to do: a starting supervisor exits if its task is no longer queued.
    fn cancel(&mut self, _: &[JobId]) -> Result<(), Unreachable> {
        Ok(())
    }

    fn poll_interval(&self) -> Option<Duration> {
        None
    }

    fn outlives_server(&self) -> bool {
        // The supervisors do, but they are adopted by their run locks, without ids.
        false
    }
}
