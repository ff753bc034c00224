//! A run while its child is alive.

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
    /// From a cancel to the forced end.
    pub grace: Duration,
    pub timeout: Option<Duration>,
    /// Seconds between the first looks at what it uses; 0 for none.
    pub sample_interval_s: f64,
    /// The task's file as it was then.
    pub info: TaskInfo,
    /// For the error log.
    pub command: String,
    /// Processes that the kernel had killed for want of memory before it; `None` where that is unknown.
    pub kills_before: Option<u64>,
    /// What woke us while it went; kept until the end is written.
    pub wake: Option<Wake>,
}

impl ActiveRun {
    /// What is known when it has ended.
    pub(crate) fn ending(&self, claim: &Claim, outcome: Outcome) -> Ending {
        let log = claim.dir.log(claim.run_index);
        let out_of_memory = memory::ran_out(&outcome, self.kills_before, &log);
        let duration = Some(self.begun.elapsed());
        Ending::now(outcome, duration, Usage::of_children(), out_of_memory)
    }
}
