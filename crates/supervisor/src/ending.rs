//! The end of a run as observed by its supervisor.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::usage::Usage;
use store::clock;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The child exited with this code.
    Exited(i32),
    /// A signal ended the child.
    Signalled(i32),
    /// It exceeded its time limit.
    TimedOut(Duration),
    /// The child could not be started; the reason as text.
    NotStarted(String),
    /// The supervisor died while the run was active.
    Interrupted,
}

/// The end of a run, with everything that its supervisor knows about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ending {
    pub(crate) outcome: Outcome,
    /// When it ended, in local time and in exact UTC.
    pub(crate) finish_time: String,
    pub(crate) finished_at: String,
    /// `None` when no process observed the run.
    pub(crate) duration: Option<Duration>,
    pub(crate) usage: Usage,
    /// It ended because memory was exhausted.
    pub(crate) out_of_memory: bool,
}

impl Ending {
    /// The end of a run that ends now.
    pub(crate) fn now(
        outcome: Outcome,
        duration: Option<Duration>,
        usage: Usage,
        out_of_memory: bool,
    ) -> Self {
        let (finish_time, finished_at) = (clock::local_stamp(), clock::utc_stamp());
        Self { outcome, finish_time, finished_at, duration, usage, out_of_memory }
    }
}
