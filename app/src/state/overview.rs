//! The dashboard of the workspace, fetched once for the sidebar and Home, and again after events.

use common::workspace::Dashboard;
use leptos::prelude::*;

use crate::AppError;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;
use crate::wire::Body;
use crate::wire::{Remote, remote};

/// Counts, newest tasks and running tasks of this tab's workspace.
pub type Overview = Remote<Result<Dashboard, AppError>>;

/// The dashboard without the fields that no page displays.
#[server(endpoint = "overview", output = Body)]
pub async fn load_overview(ws: Option<String>) -> Result<Dashboard, AppError> {
    use crate::context::{with_engine, workspace_selector};
    with_engine(move |engine| engine.dashboard(&workspace_selector(ws), RECENT_LIMIT))
        .await
        .map(strip_unused_fields)
}

/// How many tasks Home lists.
#[cfg(feature = "ssr")]
const RECENT_LIMIT: u32 = 8;

#[cfg(feature = "ssr")]
fn strip_unused_fields(mut dashboard: Dashboard) -> Dashboard {
    dashboard.workspace.templates.clear();
    dashboard.active_task = None;
    for task in &mut dashboard.recent_tasks {
        task.config_text.clear();
        task.search_text.clear();
        task.tracks = vec![main_curve(task).into_iter().collect()];
    }
    dashboard
}

/// The curve of the main metric, for the sparkline.
#[cfg(feature = "ssr")]
fn main_curve(task: &common::Task) -> Option<(String, serde_json::Value)> {
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
    let resource: Overview = remote(
        move || (ws.get(), change_signal.get()),
        |(ws, _)| async move { load_overview(ws).await },
    );
    // An event reports the queue only when it changes; every response contains it.
    Effect::new(move |_| {
        resource.with(|response| {
            if let Some(Ok(dashboard)) = response {
                live.update_queue(dashboard.queue);
            }
        });
    });
    provide_context(resource);
}

/// The shared resource.
///
/// # Panics
/// Outside the application's frame.
#[must_use]
pub fn use_overview() -> Overview {
    expect_context::<Overview>()
}
