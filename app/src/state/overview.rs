//! The dashboard of the workspace, fetched once for the sidebar and Home, and again after events.

use common::Task;
use common::system::Disk;
use common::workspace::{Queue, Summary, WorkspaceKind};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::remote::{Remote, remote};
use crate::state::live::use_live;
use crate::state::workspace::use_ws;
use crate::wire::Body;

/// The fields of this tab's workspace that the frame and Home display; see [`Dashboard`](common::workspace::Dashboard), of
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
    /// Warnings about the script.
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

/// The overview of this tab's workspace, fetched again after events.
pub type RemoteOverview = Remote<Result<Overview, AppError>>;

/// Counts, newest tasks and running tasks.
#[server(endpoint = "overview", output = Body)]
pub async fn load_overview(ws: Option<String>) -> Result<Overview, AppError> {
    use crate::context::{with_engine, workspace_selector};
    with_engine(move |engine| engine.dashboard(&workspace_selector(ws)?, RECENT_LIMIT))
        .await
        .map(of_dashboard)
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
        task.tracks = vec![main_curve(task).into_iter().collect()];
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

/// The curve of the main metric, for the sparkline.
#[cfg(feature = "ssr")]
fn main_curve(task: &Task) -> Option<(String, serde_json::Value)> {
    let key = task.main_metric.clone()?;
    let curve = downsample(task.tracks.last()?.get(&key)?.clone());
    Some((key, curve))
}

/// At most [`CURVE_POINTS`] of a curve's values, evenly sampled.
#[cfg(feature = "ssr")]
fn downsample(curve: serde_json::Value) -> serde_json::Value {
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

/// Provides the shared resource. Call it in the frame, after `provide_live`.
pub fn provide_overview() {
    let ws = use_ws();
    let live = use_live();
    let change_signal = live.change_signal(|_| true);
    let resource: RemoteOverview = remote(
        move || (ws.get(), change_signal.get()),
        |(ws, _)| async move { load_overview(ws).await },
    );
    // An event reports the queue only when it changes; every response contains it.
    resource.on_response(move |response| {
        if let Ok(overview) = response {
            live.update_queue(overview.queue);
        }
    });
    provide_context(resource);
}

/// The shared resource.
///
/// # Panics
/// Outside the application's frame.
#[must_use]
pub fn use_overview() -> RemoteOverview {
    expect_context::<RemoteOverview>()
}
