//! What is submitted to a launcher, and what it says of it.

use std::fmt;
use std::io;

use common::options::RunOptions;
use serde::{Deserialize, Serialize};
use store::task::TaskDir;

/// A run that is to be supervised.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    /// The queued task.
    pub(crate) dir: TaskDir,
    /// What the run needs; launchers elsewhere ask their scheduler for it.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    pub(crate) options: RunOptions,
    /// The GPUs of this machine that were chosen for it, as the driver counts; empty elsewhere.
    pub(crate) gpus: Vec<u32>,
}

/// How a launcher names a job; unique as long as the job is known to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct JobId(pub(crate) String);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JobState {
    /// Submitted and not started; with the reason of the launcher's scheduler, in words.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Pending(Option<String>),
    /// Its supervisor goes.
    Running,
    /// Its supervisor has ended, however.
    Gone,
}

/// Why a job was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SubmitError {
    /// It can never start: the task fails with this text.
    #[error("the supervisor could not be started: {0}")]
    Refused(#[from] io::Error),
    /// The launcher cannot be asked now: the task stays queued.
    #[error(transparent)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Unreachable(Unreachable),
}

/// A launcher whose scheduler does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the launcher cannot be reached: {0}")]
pub(crate) struct Unreachable(pub(crate) String);
