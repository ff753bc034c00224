//! A task as seen by REST clients and the browser.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::failure::FailureSummary;
use crate::metric::RunProgress;
use crate::options::RunOptions;
use crate::{TaskKind, TaskName, TaskStatus};

/// One task: its parameters, its state and all its runs.
///
/// Run arrays (`start_times`, `finish_times`, `pids`, `records`, `tracks`,
/// `durations_s`, `exit_codes`, `failure_summaries`) are equally long; run N is slot N-1.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// Absolute path of the task's folder.
    pub dir: String,
    /// The folder's name.
    pub name: String,
    /// The status of the task.
    pub status: TaskStatus,
    /// Local time of creation, `2026-11-23_11-16-57`.
    pub created_at: String,
    /// The parameters (Python tasks), in the order of the file.
    pub config: Map<String, Value>,
    /// The text of `config.yaml` or `config.sh`.
    pub config_text: String,
    /// The name of that file.
    pub config_file: String,
    /// Absolute path of the newest run's log, or empty.
    pub log: String,
    /// Progress in `0.0..=1.0`, as far as it is known.
    pub progress: f64,
    /// Environment variables added for this task. Those that look like secrets are masked.
    pub env: BTreeMap<String, String>,
    /// Pinned to the top of lists.
    pub pinned: bool,
    /// Position in the manual order, if there is one.
    pub task_order: Option<i64>,
    /// Absolute path of the script, empty for shell tasks.
    pub script: String,
    /// Python or shell.
    pub task_kind: TaskKind,
    /// Local start time of each run.
    pub start_times: Vec<String>,
    /// Local finish time of each run, empty while it goes.
    pub finish_times: Vec<String>,
    /// Process id of each run's child, if it was started.
    pub pids: Vec<Option<u32>>,
    /// Results of each run, from `pyruns.record()`.
    pub records: Vec<Map<String, Value>>,
    /// Curves of each run, from `pyruns.track()`: key → list of values.
    pub tracks: Vec<Map<String, Value>>,
    /// Free text by the user.
    pub notes: String,
    /// One line that distinguishes this task from its neighbours.
    pub preview_text: String,
    /// The searchable text, lower case.
    pub search_text: String,
    /// Number of the newest run, from 1; 0 if there is none.
    pub run_index: u32,
    /// Why the files of this task could not be read, if so.
    #[serde(rename = "_load_error")]
    pub load_error: Option<String>,
    /// Modification time of `task_info.json`, seconds since the epoch.
    #[serde(rename = "_mtime")]
    pub mtime: f64,
    /// Wall time of each run, seconds; null while it goes.
    #[serde(default)]
    pub durations_s: Vec<Option<f64>>,
    /// Exit code of each run, if it had one.
    #[serde(default)]
    pub exit_codes: Vec<Option<i32>>,
    /// Why each run ended as it did (`exit code 3`, `SIGSEGV`, `interrupted`), empty when all is well.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Why the newest run failed; null unless the task's status is `failed`.
    #[serde(default)]
    pub failure_summary: Option<FailureSummary>,
    /// Why each run failed; null for runs that did not, and for older runs of which that is not stored.
    #[serde(default)]
    pub failure_summaries: Vec<Option<FailureSummary>>,
    /// CPU time of each run, seconds.
    #[serde(default)]
    pub cpu_s: Vec<Option<f64>>,
    /// The most memory that one process of each run had at a time.
    #[serde(default)]
    pub peak_memory_bytes: Vec<Option<u64>>,
    /// The GPUs that each run was given, as the driver counts.
    #[serde(default)]
    pub gpus: Vec<Vec<u32>>,
    /// When its runs may start, what they need, when they are given up.
    #[serde(default)]
    pub options: RunOptions,
    /// Why a queued task does not run yet, in words.
    #[serde(default)]
    pub wait_reason: Option<String>,
    /// Words by which the user finds it again.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The last progress that a running task reported.
    #[serde(default)]
    pub run_progress: Option<RunProgress>,
    /// Names of the variables in `env` whose values are replaced with [`MASK`](crate::secret::MASK).
    #[serde(default)]
    pub masked_env: Vec<String>,
    /// Name of the workspace the task lives in.
    #[serde(default)]
    pub workspace: String,
    /// Key of the main curve of the newest run; only in full responses, for runs that reported one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_metric: Option<String>,
}

/// `{"ok": true, "task": …}`: the response of run, cancel and other changes of one task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskChanged {
    /// Always true; failures are error responses.
    pub ok: bool,
    /// The task after the change.
    pub task: Task,
}

impl From<Task> for TaskChanged {
    fn from(task: Task) -> Self {
        Self { ok: true, task }
    }
}

/// `POST …/pin`: null or nothing toggles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PinRequest {
    /// The wanted state.
    pub pinned: Option<bool>,
}

/// `PATCH …/notes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotesRequest {
    /// The new text.
    pub notes: String,
    /// The value that the caller last read; conflict if it is outdated.
    #[serde(default)]
    pub expected_notes: Option<String>,
}

/// `PATCH …/env`: replaces the task's environment. A masked value means the one that is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnvRequest {
    /// Name → value.
    pub env: BTreeMap<String, String>,
    /// The value that the caller last read; conflict if it is outdated.
    #[serde(default)]
    pub expected_env: Option<BTreeMap<String, String>>,
    /// Names of variables that are passed from the server's environment; unchanged if absent. The same as `env_from`
    /// of the task's options.
    #[serde(default)]
    pub env_from: Option<Vec<String>>,
}

/// `PATCH …/tags`: replaces the task's tags.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagsRequest {
    /// The new tags. Blank ends are trimmed; empty ones and repetitions are left out.
    pub tags: Vec<String>,
    /// The value that the caller last read; conflict if it is outdated.
    #[serde(default)]
    pub expected_tags: Option<Vec<String>>,
}

/// `PATCH …/options`: replaces the task's options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionsRequest {
    /// The new options; fields left out take their defaults.
    pub options: RunOptions,
    /// The value that the caller last read; conflict if it is outdated.
    #[serde(default)]
    pub expected_options: Option<RunOptions>,
}

/// `POST …/hold`: holds or releases a task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct HoldRequest {
    /// The wanted state; null toggles.
    pub held: Option<bool>,
}

/// `POST …/duplicate`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct DuplicateRequest {
    /// The copy's name; nothing for one made from the task's.
    pub new_name: Option<String>,
}

/// `POST …/rename`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenameRequest {
    /// The wanted name.
    pub new_name: String,
}

/// `POST /api/tasks/batch/run`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchRunRequest {
    /// Which tasks, in the order in which they shall start.
    pub task_names: Vec<String>,
    /// How many may run at once from now on.
    #[serde(default)]
    pub max_workers: Option<u32>,
    /// If one of them fails, the queued ones are cancelled; running ones continue.
    #[serde(default)]
    pub fail_fast: bool,
}

/// Response of a batch run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchRunResponse {
    /// How many tasks were accepted.
    pub count: u64,
    /// Those tasks.
    pub items: Vec<Task>,
}

/// `POST /api/tasks/batch/delete` and `POST /api/tasks/export/csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskNamesRequest {
    /// Which tasks.
    pub task_names: Vec<String>,
}

/// `GET /api/trash`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrashList {
    /// The content, newest first.
    pub items: Vec<TrashItem>,
}

/// A deleted task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrashItem {
    /// The folder's name in the trash.
    pub name: String,
    /// The task's name before it was deleted.
    pub task_name: String,
    /// How its last run had ended.
    pub status: TaskStatus,
}

/// `POST /api/trash/restore` and `/api/trash/purge`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrashRequest {
    /// Names in the trash.
    pub names: Vec<String>,
}

/// Response of a restore or a purge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrashResponse {
    /// How many tasks it was done to.
    pub count: u64,
    /// The names of the restored tasks, or of the deleted ones.
    pub names: Vec<String>,
}

/// Response of a batch delete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchDeleteResponse {
    /// How many tasks went to the trash.
    pub count: u64,
    /// Their names.
    pub deleted: Vec<TaskName>,
}

/// `POST /api/tasks/reorder`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReorderRequest {
    /// The tasks in the wanted order.
    pub items: Vec<ReorderItem>,
}

/// One position in a manual order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReorderItem {
    /// The task.
    pub name: String,
    /// Also pin or unpin it.
    #[serde(default)]
    pub pinned: Option<bool>,
}
