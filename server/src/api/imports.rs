//! Handlers of `/api/imports`: imported folders of other trackers.

use axum::extract::State;
use common::runs::{DeleteImportRequest, ImportRequest};
use engine::Engine;

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, SelectedWorkspace};

/// `GET /api/imports`: lists the imported folders.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.list_imports(&selector)).await
}

/// `POST /api/imports`: imports the runs of a folder.
pub(crate) async fn add(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<ImportRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.add_import(&selector, &request)).await
}

/// `POST /api/imports/delete`: removes an import, without changing the folder.
pub(crate) async fn delete(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<DeleteImportRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.delete_import(&selector, &request.name)).await
}
