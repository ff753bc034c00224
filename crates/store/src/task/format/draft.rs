//! A task while its file is read: some of its parts depend on several keys.

use common::failure::FailureSummary;
use common::{TaskKind, TaskStatus};
use serde_json::Value;

use crate::task::{Queued, Run, RunOutcome, TaskInfo, TaskState};

/// What the keys read so far say about a task.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) info: TaskInfo,
    pub(super) status: TaskStatus,
    /// Data of all states.
    pub(super) queued: Queued,
    pub(super) kind: Option<TaskKind>,
    /// The kind that the name of the configuration implies.
    pub(super) kind_of_config: TaskKind,
    runs: Vec<RunDraft>,
    /// Number of runs: the length of the longest list that defines runs.
    run_count: usize,
}

/// What the keys read so far say about a run.
#[derive(Default)]
pub(super) struct RunDraft {
    pub(super) run: Run,
    pub(super) exit_code: Option<i32>,
    pub(super) reason: String,
    pub(super) failure: Option<FailureSummary>,
}

impl Draft {
    /// Reads the list of a key with one value per run. Short lists are padded; lists that do not define runs do not
    /// add any.
    pub(super) fn read_runs(
        &mut self,
        list: Value,
        is_defining: bool,
        read: fn(&mut RunDraft, Value),
    ) {
        let Value::Array(cells) = list else { return };
        if is_defining {
            self.run_count = self.run_count.max(cells.len());
        }
        if self.runs.len() < cells.len() {
            self.runs.resize_with(cells.len(), RunDraft::default);
        }
        for (run, cell) in self.runs.iter_mut().zip(cells) {
            read(run, cell);
        }
    }

    /// The task.
    pub(super) fn into_info(self) -> TaskInfo {
        let Self { info, status, queued, kind, kind_of_config, mut runs, run_count } = self;
        runs.resize_with(run_count, RunDraft::default);
        TaskInfo {
            task_kind: kind.unwrap_or(kind_of_config),
            runs: runs.into_iter().map(RunDraft::into_run).collect(),
            ..info
        }
        .in_state(state(status, queued))
    }
}

impl RunDraft {
    fn into_run(self) -> Run {
        let has_finish_time = !self.run.finish_time.is_empty();
        let outcome =
            RunOutcome::from_columns(has_finish_time, self.exit_code, self.reason, self.failure);
        Run { outcome, ..self.run }
    }
}

/// The state, with the data that belongs to it.
fn state(status: TaskStatus, queued: Queued) -> TaskState {
    match status {
        TaskStatus::Pending => TaskState::Pending,
        TaskStatus::Queued => TaskState::Queued(queued),
        TaskStatus::Running => TaskState::Running(queued.attempt),
        TaskStatus::Completed => TaskState::Completed(queued.attempt),
        TaskStatus::Failed => TaskState::Failed(queued.attempt),
        TaskStatus::Cancelled => TaskState::Cancelled(queued.attempt),
    }
}
