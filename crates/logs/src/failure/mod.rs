//! Why a run failed, in one line: found when the run ends and stored with it, or looked up in the log
//! of a run that was written without it.

mod cause;
mod last_words;
mod log_end;
mod look_up;

pub use cause::{Cause, signal_name};
pub use look_up::{Failures, without_log};

use common::failure::FailureSummary;

use store::task::TaskDir;

/// How much of a log is read to count its lines when its run ends. Its end was written a moment ago,
/// so that it is in memory mostly.
const MOST_COUNTED_AT_END: u64 = 1 << 30;

/// Why run `run_index` failed. Reads the end of its log.
#[must_use]
pub fn summarize(dir: &TaskDir, run_index: u32, cause: &Cause) -> FailureSummary {
    let end = log_end::read(dir, run_index, MOST_COUNTED_AT_END);
    cause.summary(run_index, end.as_ref())
}
