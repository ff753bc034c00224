//! Handlers of `/api/views`: named views of the runs table.

use axum::extract::State;
use common::runs::{DeleteViewRequest, RunsView};
use engine::Engine;

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, SelectedWorkspace};

/// `GET /api/views`: lists the views of the workspace.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.list_views(&selector)).await
}

/// `POST /api/views`: saves a view, and replaces one of the same name.
pub(crate) async fn save(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(view): Body<RunsView>,
) -> HandlerResult {
    respond(engine, move |engine| engine.save_view(&selector, &view)).await
}

/// `POST /api/views/delete`: deletes a view.
pub(crate) async fn delete(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<DeleteViewRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.delete_view(&selector, &request.name)).await
}
