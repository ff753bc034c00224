//! State of a run while its child process is alive.

use std::time::{Duration, Instant};

use super::child::Started;
use super::claim::Claim;
use super::ending::{Ending, Outcome};
use super::memory;
use super::usage::Usage;
use super::wake::Wake;
use store::task::TaskInfo;

/// A run whose child was started.
pub(crate) struct ActiveRun {
    pub started: Started,
    pub begun: Instant,
    /// Grace period between the cancel and the forced kill.
    pub grace: Duration,
    pub timeout: Option<Duration>,
    /// Initial sampling interval in seconds; 0 disables sampling.
    pub sample_interval_s: f64,
    /// The task's file at the start of the run.
    pub info: TaskInfo,
    /// The command, for the error log.
    pub command: String,
    /// Number of processes that the kernel had OOM-killed before the run; `None` if unknown.
    pub kills_before: Option<u64>,
    /// The file descriptors that woke the wait loop; kept open until the end is written.
    pub wake: Option<Wake>,
}

impl ActiveRun {
    /// Builds the end of the run from its outcome.
    pub(crate) fn ending(&self, claim: &Claim, outcome: Outcome) -> Ending {
        let log = claim.dir.log(claim.run_index);
        let out_of_memory = memory::ran_out(&outcome, self.kills_before, &log);
        let duration = Some(self.begun.elapsed());
        Ending::now(outcome, duration, Usage::of_children(), out_of_memory)
    }
}
