//! The one entrance of the engine.

use std::path::PathBuf;
use common::argument::ScriptForm;
use common::generator::*;
use common::launcher::*;
use common::log::*;
use common::metric::TaskMetrics;
use common::page::*;
use common::settings::Settings;
use common::system::SystemMetrics;
use common::task::*;
use common::workspace::*;
use common::live::Event;
use common::Task;
use serde_json::{Map, Value};
use crate::Result;

/// How an engine is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds, or will hold, `_pyruns_`.
    pub project_dir: PathBuf,
    /// The `pyr` executable that supervises runs.
    pub pyr_executable: PathBuf,
}

/// Which workspace a request means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Pick {
    /// The one that `/api/workspace` reports.
    #[default]
    Current,
    /// By folder name below `_pyruns_`, or by absolute path of its folder.
    Named(String),
}

/// The engine; cheap to clone.
#[derive(Clone)]
pub struct Engine {}

/// Events in order, from a chosen id on.
pub struct Subscription {}
impl Subscription {
    /// The next event, waiting for it.
    pub async fn next(&mut self) -> Event { todo!() }
}

/// A log as it grows.
pub struct LogFollower {}
impl LogFollower {
    /// The next message, waiting for it; `None` when the task is gone.
    pub async fn next(&mut self) -> Option<LogMessage> { todo!() }
}

/// Where a follower starts.
#[derive(Debug, Clone, Default)]
pub struct LogStart {
    /// `run3.log`; nothing means the newest run.
    pub log_file_name: Option<String>,
    /// Byte offset; nothing means the end of the file now.
    pub offset: Option<u64>,
}

#[allow(unused_variables, missing_docs)]
impl Engine {
    pub fn start(options: Options) -> Result<Self> { todo!() }
    /// Changes with every start.
    pub fn epoch(&self) -> u64 { todo!() }
    pub fn subscribe(&self, since: Option<u64>) -> Subscription { todo!() }

    pub fn workspace(&self, pick: &Pick) -> Result<Workspace> { todo!() }
    pub fn open_run_root(&self, path: &str) -> Result<Workspace> { todo!() }
    pub fn open_shell(&self) -> Result<Workspace> { todo!() }
    pub fn open_shell_root(&self, path: &str) -> Result<Workspace> { todo!() }
    pub fn open_script(&self, request: &OpenRequest) -> Result<Workspace> { todo!() }
    /// Merges the given keys into the project's settings.
    pub fn update_settings(&self, pick: &Pick, patch: &Map<String, Value>) -> Result<Settings> { todo!() }
    pub fn script_form(&self, pick: &Pick) -> Result<ScriptForm> { todo!() }
    pub fn templates(&self, pick: &Pick) -> Result<TemplateList> { todo!() }
    pub fn template_content(&self, pick: &Pick, value: &str) -> Result<TemplateContent> { todo!() }
    pub fn dashboard(&self, pick: &Pick, recent_limit: u32) -> Result<Dashboard> { todo!() }

    pub fn preview(&self, pick: &Pick, request: &PreviewRequest) -> Result<PreviewResponse> { todo!() }
    pub fn create(&self, pick: &Pick, request: &CreateRequest) -> Result<CreateResponse> { todo!() }

    pub fn list_tasks(&self, pick: &Pick, query: &TaskQuery) -> Result<TaskPage> { todo!() }
    pub fn get_task(&self, pick: &Pick, name: &str) -> Result<Task> { todo!() }
    pub fn run_task(&self, pick: &Pick, name: &str) -> Result<Task> { todo!() }
    pub fn cancel_task(&self, pick: &Pick, name: &str) -> Result<Task> { todo!() }
    pub fn pin_task(&self, pick: &Pick, name: &str, request: &PinRequest) -> Result<Task> { todo!() }
    pub fn set_notes(&self, pick: &Pick, name: &str, request: &NotesRequest) -> Result<Task> { todo!() }
    pub fn set_env(&self, pick: &Pick, name: &str, request: &EnvRequest) -> Result<Task> { todo!() }
    pub fn rename_task(&self, pick: &Pick, name: &str, request: &RenameRequest) -> Result<Task> { todo!() }
    pub fn run_batch(&self, pick: &Pick, request: &BatchRunRequest) -> Result<BatchRunResponse> { todo!() }
    /// Soft: into `tasks/.trash/`; active ones are cancelled first.
    pub fn delete_batch(&self, pick: &Pick, request: &TaskNamesRequest) -> Result<BatchDeleteResponse> { todo!() }
    pub fn export_csv(&self, pick: &Pick, request: &TaskNamesRequest) -> Result<String> { todo!() }
    pub fn reorder_tasks(&self, pick: &Pick, request: &ReorderRequest) -> Result<Vec<Task>> { todo!() }

    pub fn read_log(&self, pick: &Pick, name: &str, query: &LogQuery) -> Result<LogChunk> { todo!() }
    pub fn follow_log(&self, pick: &Pick, name: &str, start: &LogStart) -> Result<LogFollower> { todo!() }
    /// Series of at most `max_points` points each.
    pub fn metrics(&self, pick: &Pick, name: &str, max_points: u32) -> Result<TaskMetrics> { todo!() }

    pub fn system_metrics(&self) -> SystemMetrics { todo!() }
    pub fn list_scripts(&self) -> Result<ScriptList> { todo!() }
    pub fn list_configs(&self, script: &str) -> Result<ConfigList> { todo!() }
    pub fn list_workspaces(&self) -> Result<WorkspaceList> { todo!() }
    pub fn pick_script(&self) -> Result<Workspace> { todo!() }
    pub fn validate_path(&self, kind: &str, path: &str) -> Result<PathCheck> { todo!() }
}
