//! Launchers, which start supervisors on this machine or by the scheduler of a cluster.
//!
//! A launcher decides where and when a supervisor starts. It never accesses a task's files, which the supervisor
//! writes. Its methods must return quickly, because they block the scheduler's thread. The only caller is
//! [`schedule`](crate::schedule).

mod children;
mod job;
mod local;
mod record;

#[cfg(test)]
mod contract;
#[cfg(test)]
mod scripted;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use job::{Job, JobId, JobState, SubmitError, Unreachable};
pub(crate) use record::{JobRecord, RecordedJob};
#[cfg(test)]
pub(crate) use scripted::Scripted;

use local::Local;

/// Called from any thread when a job may have changed its state, so that it is polled at once.
pub(crate) type Notify = Arc<dyn Fn() + Send + Sync>;

/// The launcher of a project. The only place that knows which launchers exist.
pub(crate) fn launcher(pyr_executable: PathBuf, notify: Notify) -> Box<dyn Launcher> {
    Box::new(Local::new(pyr_executable, notify))
}

/// A way to start supervisors. What each must do is tested in `contract.rs`.
pub(crate) trait Launcher: Send {
    /// The name in settings and messages.
    fn name(&self) -> &'static str;

    /// The capacity of the launcher.
    fn capacity(&self) -> LauncherCapacity;

    /// Submits a set of jobs, in queue order. Returns one result for each.
    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>>;

    /// The states of these jobs, in one request. A job that is missing in the result has ended,
    /// successfully or not, or is unknown to the launcher.
    ///
    /// # Errors
    /// If the launcher is unreachable; then the states are unchanged.
    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable>;

    /// Cancels jobs that have not started, as far as possible. A running job is cancelled by a marker file in its
    /// task's folder instead.
    ///
    /// # Errors
    /// If the launcher is unreachable.
    fn cancel(&mut self, jobs: &[JobId]) -> Result<(), Unreachable>;

    /// The polling interval; `None` if the launcher always notifies.
    fn poll_interval(&self) -> Option<Duration>;

    /// Whether its jobs outlive the server, so that their ids are recorded.
    fn outlives_server(&self) -> bool;
}

/// The capacity of a launcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LauncherCapacity {
    /// This machine. The scheduler counts workers, CPU slots and GPUs, and chooses the GPUs of each job.
    ThisMachine,
    /// A maximum number of jobs. The launcher's scheduler manages their resources.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Jobs(u32),
}
