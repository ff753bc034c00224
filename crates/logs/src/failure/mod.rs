//! Explains in one line why a run failed. The supervisor stores the summary at the end of the run;
//! for runs without one it is looked up in the log.

mod cause;
mod failure_line;
mod log_end;
mod summary_cache;

pub use cause::{Cause, signal_name};
pub use summary_cache::{Failures, without_log};

use common::failure::FailureSummary;

use store::task::TaskDir;

/// How much of a log is read to count its lines when its run ends. The log was just written, so
/// that most of it is in the page cache.
const MAX_COUNTED_BYTES_AT_END: u64 = 1 << 30;

/// Summarizes why run `run_index` failed. Reads the end of its log.
#[must_use]
pub fn summarize(dir: &TaskDir, run_index: u32, cause: &Cause) -> FailureSummary {
    let end = log_end::read(dir, run_index, MAX_COUNTED_BYTES_AT_END);
    cause.summary(run_index, end.as_ref())
}
