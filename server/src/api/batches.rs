//! Handlers of `/api/batches`.

use axum::extract::{Path, State};
use common::batches::{ExtendBatchRequest, RerunBatchRequest};
use engine::{Engine, requested_batch};

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, OptionalBody, SelectedWorkspace};

/// `GET /api/batches`: lists the batches.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.list_batches(&selector)).await
}

/// `POST /api/batches/{name}/extend`: adds values of a parameter.
pub(crate) async fn extend(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Path(name): Path<String>,
    Body(request): Body<ExtendBatchRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.extend_batch(&selector, &requested_batch(&name)?, &request)
    })
    .await
}

/// `POST /api/batches/{name}/rerun`: queues the unfinished tasks again.
pub(crate) async fn rerun(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Path(name): Path<String>,
    OptionalBody(request): OptionalBody<RerunBatchRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.rerun_batch(&selector, &requested_batch(&name)?, &request))
        .await
}
