//! The launcher for this machine, which starts detached supervisor processes.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::children::Children;
use super::{Job, JobId, JobState, Launcher, LauncherCapacity, Notify, SubmitError, Unreachable};

/// Spawns `pyr supervise TASK_DIR [--gpus 0,1]`.
pub(crate) struct Local {
    pyr_executable: PathBuf,
    children: Children,
}

impl Local {
    /// A launcher that calls `notify` when jobs end.
    pub(crate) fn new(pyr_executable: PathBuf, notify: Notify) -> Self {
        Self { pyr_executable, children: Children::new(notify) }
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
        let spawn = |job: &Job| {
            let mut command = Command::new(&self.pyr_executable);
            self.children.spawn(command.args(job.arguments())).map_err(SubmitError::Refused)
        };
        jobs.iter().map(spawn).collect()
    }

    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        Ok(self.children.poll(jobs))
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
