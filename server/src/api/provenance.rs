//! Handlers of runs' provenance records and inputs.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use common::provenance::RestoreInputsRequest;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{HandlerResult, call_engine, respond};
use crate::extract::{Body, Query, SelectedWorkspace, TaskPath};

/// Which run.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RunQuery {
    /// The run, from 1; the newest if absent.
    pub(super) run_index: Option<u32>,
}

/// Which run, and how it is shown.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NoteQuery {
    /// The run, from 1; the newest if absent.
    run_index: Option<u32>,
    /// Return the values of secrets, if an earlier version recorded them; false if absent.
    #[serde(default)]
    reveal: bool,
}

/// `GET /api/tasks/{name}/provenance?run_index=`: the provenance record of a run, by default the newest.
pub(crate) async fn provenance(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<NoteQuery>,
) -> HandlerResult {
    respond(engine, move |engine| match query.reveal {
        true => engine.reveal_provenance(&selector, &name, query.run_index),
        false => engine.provenance(&selector, &name, query.run_index),
    })
    .await
}

/// `GET /api/tasks/{name}/provenance/{hash}?run_index=`: the content of a file in the provenance record.
pub(crate) async fn file(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Path((_, sha256)): Path<(String, String)>,
    Query(query): Query<RunQuery>,
) -> HandlerResult {
    let content = call_engine(engine, move |engine| {
        engine.provenance_file(&selector, &name, query.run_index, &sha256)
    });
    // Prevents browsers from rendering the content.
    Ok(([(CONTENT_TYPE, "application/octet-stream")], content.await?).into_response())
}

/// `POST /api/tasks/{name}/restore-inputs`: restores the inputs of a run in a new folder.
pub(crate) async fn restore_inputs(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<RestoreInputsRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.restore_inputs(&selector, &name, &request)).await
}
