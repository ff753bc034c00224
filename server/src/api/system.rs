//! Handlers of `/api/system`: load and disk usage of the machine.

use axum::extract::State;
use engine::Engine;

use crate::api::{HandlerResult, respond};
use crate::extract::SelectedWorkspace;

/// `GET /api/system/metrics`: the load of the machine.
pub(crate) async fn metrics(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, move |engine| Ok(engine.system_metrics())).await
}

/// `GET /api/system/disk`: the disk usage of the workspace's project, computed on request.
pub(crate) async fn disk(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.disk_usage(&selector)).await
}
