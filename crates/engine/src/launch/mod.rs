//! How supervisors are started somewhere: on this machine, or by the scheduler of a cluster.
//!
//! A launcher decides only where and when; the supervisor is the same everywhere and writes the task's files. A
//! launcher never touches them. Its methods return soon: the queue waits for them. The one caller is
//! [`schedule`](crate::schedule).

mod job;
mod local;
mod record;
mod unavailable;

#[cfg(test)]
mod contract;
#[cfg(test)]
mod scripted;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use job::{Job, JobId, JobState, SubmitError, Unreachable};
pub(crate) use local::Local;
pub(crate) use record::{JobRecord, RecordedJob};
#[cfg(test)]
pub(crate) use scripted::Scripted;
pub(crate) use unavailable::Unavailable;

/// Called from any thread when a job may have changed its state, so that it is polled at once.
pub(crate) type Notify = Arc<dyn Fn() + Send + Sync>;

/// A way to start supervisors.
pub(crate) trait Launcher: Send {
    /// What settings and messages call it.
    fn name(&self) -> &'static str;

    /// How much may be submitted to it.
    fn capacity(&self) -> Capacity;

    /// Hands over a set of jobs, in the order in which they are to start; one result for each.
    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>>;

    /// The states of these jobs, all in one request. A job that is not among them is unknown to the launcher: it
    /// is gone.
    ///
    /// # Errors
    /// When the launcher cannot say; then no job has changed.
    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable>;

    /// Takes jobs back that have not started, as far as that is possible. A run that goes is cancelled by a
    /// marker in its task's folder instead.
    ///
    /// # Errors
    /// When the launcher cannot be asked.
    fn cancel(&mut self, jobs: &[JobId]) -> Result<(), Unreachable>;

    /// How often its jobs are polled although it has not notified; never where it always does.
    fn poll_interval(&self) -> Option<Duration>;

    /// Whether its jobs outlive the server, so that their ids are written down and found again.
    fn outlives_server(&self) -> bool;
}

/// How much may be submitted to a launcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capacity {
    /// As much as this machine has: workers, CPU slots and GPUs are counted here, and GPUs chosen for each job.
    ThisMachine,
    /// So many jobs at a time; what they need is counted there.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Jobs(u32),
}
