//! Handlers of `/api/trash`: deleted tasks.

use axum::extract::State;
use common::task::TrashRequest;
use engine::Engine;

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, SelectedWorkspace};

/// `GET /api/trash`: lists the deleted tasks.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.list_trash(&selector)).await
}

/// `POST /api/trash/restore`: restores deleted tasks.
pub(crate) async fn restore(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<TrashRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.restore_trash(&selector, &request)).await
}

/// `POST /api/trash/purge`: deletes tasks permanently.
pub(crate) async fn purge(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<TrashRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.purge_trash(&selector, &request)).await
}
