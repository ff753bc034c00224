//! Applies the end of a run to its task.

use super::TaskInfo;
use super::outcome::RunOutcome;
use super::state::{InvalidTransition, Transition};

/// Everything that is recorded about the end of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEnd {
    /// How it ended.
    pub outcome: RunOutcome,
    /// Local time, `2026-11-23_11-16-57`.
    pub finish_time: String,
    /// The same time, exact, in UTC.
    pub finished_at: String,
    /// Duration in seconds; `None` when no process observed the run.
    pub duration_s: Option<f64>,
    /// CPU time of all its processes, user and system, in seconds.
    pub cpu_s: Option<f64>,
    /// Largest resident size of one of its processes, in bytes.
    pub peak_memory_bytes: Option<u64>,
}

impl TaskInfo {
    /// Ends the newest run.
    ///
    /// # Errors
    /// When the task is not running; nothing is changed then.
    pub fn end_run(&mut self, end: RunEnd) -> Result<(), InvalidTransition> {
        self.apply(match end.outcome {
            RunOutcome::Completed { .. } => Transition::Complete,
            RunOutcome::Cancelled { .. } => Transition::Cancel,
            RunOutcome::Open | RunOutcome::Failed { .. } => Transition::Fail,
        })?;
        let Some(run) = self.runs.last_mut() else { return Ok(()) };
        run.outcome = end.outcome;
        run.finish_time = end.finish_time;
        run.finished_at = end.finished_at;
        run.duration_s = end.duration_s;
        run.cpu_s = end.cpu_s;
        run.peak_memory_bytes = end.peak_memory_bytes;
        Ok(())
    }
}
