//! A workspace: the folder `_pyruns_/<script>` and its content.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::settings::Settings;
use crate::system::Disk;
use crate::{Task, TaskStatus};

/// The kind of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum WorkspaceKind {
    /// One Python script.
    #[default]
    Script,
    /// Shell scripts.
    Shell,
}

/// `GET /api/workspace`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Workspace {
    /// Absolute path of `_pyruns_/<name>`.
    pub run_root: String,
    /// Stem of the script's file name (`train` for `train.py`), or `_shell_`.
    pub script_name: String,
    /// Absolute path of the script, empty for shell.
    pub script_path: String,
    /// Script or shell.
    pub workspace_kind: WorkspaceKind,
    /// Whether tasks can be created: a workspace is open and its folder is there.
    pub workspace_ready: bool,
    /// Folder in which tasks run.
    pub working_root: String,
    /// `<run_root>/tasks`.
    pub tasks_dir: String,
    /// The folder that contains `_pyruns_`.
    pub project_root: String,
    /// Whether the server can open the desktop's file picker.
    pub native_file_picker: bool,
    /// The project's settings.
    pub settings: Settings,
    /// The shell that shell tasks run in.
    pub shell_runtime: ShellRuntime,
    /// A template of a new batch.
    pub templates: Vec<Template>,
    /// Name of the folder below `_pyruns_`: how requests name this workspace.
    #[serde(default)]
    pub name: String,
    /// Other workspaces of the same project.
    #[serde(default)]
    pub siblings: Vec<String>,
    /// Notes about the script (`type=bool`, a click script, …).
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The disk of the project; null if the system does not report it.
    #[serde(default)]
    pub disk: Option<Disk>,
}

impl Workspace {
    /// The script's file name (`train.py`); `script_name` if there is no script.
    #[must_use]
    pub fn script_file(&self) -> &str {
        file_name(&self.script_path).unwrap_or(&self.script_name)
    }
}

/// The last component of a path, Windows paths included; `None` where the path is empty.
pub(crate) fn file_name(path: &str) -> Option<&str> {
    path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty())
}

/// Which shell runs shell tasks, and why that one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShellRuntime {
    /// `settings`, `environment` or `default`.
    pub source: String,
    /// `posix`, `fish`, …
    pub terminal_kind: String,
    /// `bash`.
    pub display_name: String,
    /// `/bin/bash`.
    pub executable: String,
    /// Whether that file can be run.
    pub available: bool,
    /// `follow` or `custom`.
    pub mode: String,
}

/// `{value, label}`: something to start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// How requests name it: `tasks/a/config.yaml`, or an absolute path.
    pub value: String,
    /// The label.
    pub label: String,
}

/// `GET /api/templates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateList {
    /// Tasks newest first, the script's defaults last.
    pub items: Vec<Template>,
}

/// The first templates that a new batch may start from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FoundTemplates {
    /// Tasks newest first, the script's defaults last.
    pub items: Vec<Template>,
    /// Whether there are more tasks than these.
    pub has_more: bool,
}

/// `GET /api/templates/content?value=`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateContent {
    /// As asked for.
    pub value: String,
    /// The label.
    pub label: String,
    /// Absolute path of the file.
    pub path: String,
    /// Its text.
    pub content: String,
    /// Whether the user may edit the file itself.
    pub read_only: bool,
    /// `form` or `shell`: the mode that suits it.
    pub mode_hint: String,
    /// Its parsed mapping, empty for shell.
    pub parsed_config: Map<String, Value>,
}

/// `POST /api/workspace/run-root` and `POST /api/launcher/open-shell-root`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PathRequest {
    /// A path on the server's machine.
    pub path: String,
}

/// `GET /api/dashboard?recent_limit=6`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// The workspace.
    pub workspace: Workspace,
    /// Counts by state.
    pub summary: Summary,
    /// The newest tasks.
    pub recent_tasks: Vec<Task>,
    /// How many templates there are.
    pub template_count: u64,
    /// A task that runs now, if any.
    pub active_task: Option<Task>,
    /// The queue, which all workspaces of the project share.
    #[serde(default)]
    pub queue: Queue,
}

/// The queue of a project, over all its workspaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queue {
    /// Tasks running.
    pub running: u64,
    /// Tasks waiting.
    pub queued: u64,
    /// How many may run at once.
    pub max_workers: u32,
}

/// How many tasks are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Summary {
    /// All.
    pub total: u64,
    /// Running.
    pub running: u64,
    /// Waiting in the queue.
    pub queued: u64,
    /// Ended well.
    pub completed: u64,
    /// Ended badly.
    pub failed: u64,
    /// Never started.
    pub pending: u64,
    /// Ended by the user.
    #[serde(default)]
    pub cancelled: u64,
}

impl Summary {
    /// Adds a number of tasks with a status.
    pub fn add(&mut self, status: TaskStatus, count: u64) {
        self.total += count;
        match status {
            TaskStatus::Pending => self.pending += count,
            TaskStatus::Queued => self.queued += count,
            TaskStatus::Running => self.running += count,
            TaskStatus::Completed => self.completed += count,
            TaskStatus::Failed => self.failed += count,
            TaskStatus::Cancelled => self.cancelled += count,
        }
    }
}
