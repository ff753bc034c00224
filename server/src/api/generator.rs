//! Handlers of `/api/generator`.

use axum::extract::State;
use common::generator::{CreateRequest, PreviewRequest};
use engine::Engine;

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, SelectedWorkspace};

/// `POST /api/generator/preview`: previews the tasks of a batch.
pub(crate) async fn preview(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<PreviewRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.preview(&selector, &request)).await
}

/// `POST /api/generator/create`: creates the tasks of a batch.
pub(crate) async fn create(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<CreateRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.create(&selector, &request)).await
}
