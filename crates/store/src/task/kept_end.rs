//! The end of a run that cannot be written into its task's file, because the disk is full say. It is
//! kept beside the log, in room that was reserved when the run began, and counts until it is written.

use common::TaskStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{RunEnd, RunOutcome, TaskDir, TaskInfo};

/// How a run ended, as `run_logs/runN.end` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptEnd {
    /// `completed`, `failed` or `cancelled`.
    pub status: TaskStatus,
    /// Why it ended so; empty when all is well.
    pub reason: String,
    /// Exit code; `None` for a run that ended without one.
    pub exit_code: Option<i32>,
    /// Local time, as in `finish_times`.
    pub finish_time: String,
    /// The same, exactly, in UTC.
    pub finished_at: String,
    /// Duration, in seconds; `None` where it is unknown.
    pub duration_s: Option<f64>,
    /// CPU time of all its processes, user and system, in seconds.
    pub cpu_s: Option<f64>,
    /// Largest resident size of one of its processes, in bytes.
    pub peak_memory_bytes: Option<u64>,
    /// What the supervisor needs to write the end later, in its own form.
    pub ending: Value,
    /// The command, for the error log.
    pub command: String,
}

impl KeptEnd {
    /// The end that is kept for a run, if one is.
    #[must_use]
    pub fn read(dir: &TaskDir, run_index: u32) -> Option<Self> {
        let bytes = dir.read(format!("run_logs/run{run_index}.end")).ok()?;
        // What follows is reserved room that was not needed.
        serde_json::from_slice(bytes.split(|byte| *byte == 0).next()?).ok()
    }

    /// Shows a task whose newest run has ended as such.
    pub fn put_into(self, info: &mut TaskInfo) {
        let exit_code = self.exit_code;
        let outcome = match self.status {
            TaskStatus::Completed => RunOutcome::Completed { exit_code },
            TaskStatus::Cancelled => RunOutcome::Cancelled { exit_code },
            _ => RunOutcome::Failed { reason: self.reason, exit_code, failure: None },
        };
        let end = RunEnd {
            outcome,
            finish_time: self.finish_time,
            finished_at: self.finished_at,
            duration_s: self.duration_s,
            cpu_s: self.cpu_s,
            peak_memory_bytes: self.peak_memory_bytes,
        };
        // A task that does not run any more says more than what was kept.
        let _ = info.end_run(end);
    }
}
