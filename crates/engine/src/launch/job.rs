//! Jobs, job states and errors of launchers.

use common::message::EndText;
use std::ffi::OsString;
use std::fmt;
use std::io;

use common::options::RunOptions;
use serde::{Deserialize, Serialize};
use store::task::TaskDir;

/// A run to be supervised.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    /// The queued task.
    pub(crate) dir: TaskDir,
    /// The resources of the run, which cluster launchers request from their scheduler.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    pub(crate) options: RunOptions,
    /// Driver indexes of the chosen GPUs of this machine; empty for other launchers.
    pub(crate) gpus: Vec<u32>,
}

impl Job {
    /// The arguments of `pyr`: `supervise TASK_DIR [--gpus 0,1]`.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = vec!["supervise".into(), self.dir.path().into()];
        if !self.gpus.is_empty() {
            let indexes: Vec<String> = self.gpus.iter().map(u32::to_string).collect();
            arguments.extend(["--gpus".into(), indexes.join(",").into()]);
        }
        arguments
    }
}

/// A launcher's id of a job; unique while the launcher knows the job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct JobId(pub(crate) String);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The state of a job that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JobState {
    /// Submitted but not started, with the reason that the launcher's scheduler reports.
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Pending(Option<String>),
    /// Its supervisor is running.
    Running,
}

/// Why a job was not accepted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SubmitError {
    /// The job cannot start; the task fails with this text.
    #[error("{}", EndText::NotLaunched.fill(&[.0]))]
    Refused(#[from] io::Error),
    /// The launcher is unreachable; the task stays queued.
    #[error(transparent)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for launchers of clusters"))]
    Unreachable(Unreachable),
}

/// The launcher's scheduler does not respond.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the launcher cannot be reached: {0}")]
pub(crate) struct Unreachable(pub(crate) String);
