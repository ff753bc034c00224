//! The stored end of a run, for when the task's file cannot be written, for example because the
//! disk is full. The supervisor writes it beside the log, in space that was reserved when the run
//! began; it is valid until the task's file contains the end.

use common::TaskStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{RunEnd, RunOutcome, TaskDir, TaskInfo};

/// The content of `run_logs/runN.end`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredEnd {
    /// `completed`, `failed` or `cancelled`.
    pub status: TaskStatus,
    /// Why it ended so; empty for a completed run.
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
    /// Data for writing the end later, in the supervisor's own format.
    pub ending: Value,
    /// The command, for the error log.
    pub command: String,
}

impl StoredEnd {
    /// Reads the stored end of a run, if there is one.
    #[must_use]
    pub fn read(dir: &TaskDir, run_index: u32) -> Option<Self> {
        let bytes = dir.read(format!("run_logs/run{run_index}.end")).ok()?;
        // The zero bytes that follow are unused reserved space.
        serde_json::from_slice(bytes.split(|byte| *byte == 0).next()?).ok()
    }

    /// Applies the end to a task whose newest run is still recorded as running.
    pub fn apply_to(self, info: &mut TaskInfo) {
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
        // If the task is no longer running, its file is newer than the stored end.
        let _ = info.end_run(end);
    }
}
