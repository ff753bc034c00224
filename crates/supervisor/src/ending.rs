//! How a run ended, as its supervisor saw it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::usage::Usage;
use store::clock;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The child left with this code.
    Exited(i32),
    /// A signal ended the child.
    Signalled(i32),
    /// It took longer than it may.
    TimedOut(Duration),
    /// The child could not be started, in words.
    NotStarted(String),
    /// The supervisor was gone while the run went on.
    Interrupted,
}

/// The end of a run, as far as its supervisor knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ending {
    pub(crate) outcome: Outcome,
    /// When it ended, local time and exactly in UTC.
    pub(crate) finish_time: String,
    pub(crate) finished_at: String,
    /// Nothing when nobody has seen it run.
    pub(crate) duration: Option<Duration>,
    pub(crate) usage: Usage,
    /// It ended for want of memory.
    pub(crate) out_of_memory: bool,
}

impl Ending {
    /// The end of a run that has just ended.
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
