//! The workspace at a glance, fetched once for the sidebar and Home and kept fresh by events.

use common::Task;
use common::system::Disk;
use common::workspace::{Queue, Summary, WorkspaceKind};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;
use crate::wire::Body;
use crate::wire::{Remote, remote};

/// What the frame and Home show of this tab's workspace; see [`Dashboard`](common::workspace::Dashboard), of
/// which it is a part: the browser loads the reader of each of these fields with the first page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Overview {
    /// Whether a workspace is open and its folder is there.
    pub is_open: bool,
    /// Script or shell.
    pub kind: WorkspaceKind,
    /// Name of the folder below `_pyruns_`.
    pub name: String,
    /// The script's file name.
    pub script_file: String,
    /// Absolute path of the script, empty for shell.
    pub script_path: String,
    /// Folder in which tasks run.
    pub working_root: String,
    /// The folder that holds `_pyruns_`.
    pub project_root: String,
    /// Other workspaces of the same project.
    pub siblings: Vec<String>,
    /// What is worth telling about the script.
    pub warnings: Vec<String>,
    /// The disk that holds the project.
    pub disk: Option<Disk>,
    /// Whether the server can open the desktop's file picker.
    pub native_file_picker: bool,
    /// Seconds between two readings of the machine, from the settings.
    pub refresh_s: f64,
    /// Counts by state.
    pub summary: Summary,
    /// The queue, which all workspaces of the project share.
    pub queue: Queue,
    /// The newest tasks.
    pub recent_tasks: Vec<Task>,
}

/// The overview of this tab's workspace, kept fresh.
pub type RemoteOverview = Remote<Result<Overview, AppError>>;

/// Counts, newest tasks and what runs now.
#[server(endpoint = "overview", output = Body)]
pub async fn load_overview(ws: Option<String>) -> Result<Overview, AppError> {
    use crate::context::{pick, with_engine};
    with_engine(move |engine| engine.dashboard(&pick(ws), RECENT_LIMIT)).await.map(of_dashboard)
}

/// How many tasks Home lists.
#[cfg(feature = "ssr")]
const RECENT_LIMIT: u32 = 8;

#[cfg(feature = "ssr")]
fn of_dashboard(dashboard: common::workspace::Dashboard) -> Overview {
    let workspace = dashboard.workspace;
    let mut recent_tasks = dashboard.recent_tasks;
    for task in &mut recent_tasks {
        task.config_text.clear();
        task.search_text.clear();
        task.tracks = vec![one_curve(task).into_iter().collect()];
    }
    Overview {
        is_open: workspace.workspace_ready,
        kind: workspace.workspace_kind,
        script_file: workspace.script_file().to_owned(),
        refresh_s: workspace.settings.header_refresh_interval,
        name: workspace.name,
        script_path: workspace.script_path,
        working_root: workspace.working_root,
        project_root: workspace.project_root,
        siblings: workspace.siblings,
        warnings: workspace.warnings,
        disk: workspace.disk,
        native_file_picker: workspace.native_file_picker,
        summary: dashboard.summary,
        queue: dashboard.queue,
        recent_tasks,
    }
}

/// The one curve that is drawn, as small as a word.
#[cfg(feature = "ssr")]
fn one_curve(task: &Task) -> Option<(String, serde_json::Value)> {
    let key = task.main_metric.clone()?;
    let curve = thin(task.tracks.last()?.get(&key)?.clone());
    Some((key, curve))
}

/// At most [`CURVE_POINTS`] of a curve's values, evenly taken.
#[cfg(feature = "ssr")]
fn thin(curve: serde_json::Value) -> serde_json::Value {
    match curve {
        serde_json::Value::Array(values) if values.len() > CURVE_POINTS => {
            let step = values.len().div_ceil(CURVE_POINTS);
            values.into_iter().step_by(step).collect()
        }
        other => other,
    }
}

#[cfg(feature = "ssr")]
const CURVE_POINTS: usize = 60;

/// Starts the one fetch that all readers share. Inside the frame, after the live connection.
pub fn provide_overview() {
    let ws = use_ws();
    let live = use_live();
    let pulse = live.pulse(|_| true);
    let resource: RemoteOverview =
        remote(move || (ws.get(), pulse.get()), |(ws, _)| async move { load_overview(ws).await });
    // An event tells of the queue only when it moves; every answer does.
    Effect::new(move |_| {
        resource.with(|answer| {
            if let Some(Ok(overview)) = answer {
                live.tell_queue(overview.queue);
            }
        });
    });
    provide_context(resource);
}

/// The shared fetch.
///
/// # Panics
/// Outside of the application's frame.
#[must_use]
pub fn use_overview() -> RemoteOverview {
    expect_context::<RemoteOverview>()
}
