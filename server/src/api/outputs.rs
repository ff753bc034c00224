//! Handlers of runs' outputs: images and files.

use axum::extract::{Request, State};
use axum::response::IntoResponse;
use common::ApiError;
use engine::Engine;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use crate::api::{HandlerResult, call_engine, respond};
use crate::extract::{Query, SelectedWorkspace, TaskPath};

/// Which run; the newest where none is named.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OutputsQuery {
    /// The run, from 1; the newest if absent.
    run: Option<u32>,
}

/// `GET /api/tasks/{name}/outputs?run=`: lists the images and files of a run.
pub(crate) async fn outputs(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<OutputsQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.outputs(&selector, &name, query.run.unwrap_or(0))).await
}

/// `GET /api/tasks/{name}/files/{path}`: an output file, with range support. Access control adds headers that prevent
/// browsers from executing its content.
pub(crate) async fn file(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    request: Request,
) -> HandlerResult {
    let after =
        request.uri().path().split_once("/files/").map(|(_, path)| path).unwrap_or_default();
    let path = percent_decode_str(after).decode_utf8_lossy().into_owned();
    let search_response =
        call_engine(engine, move |engine| engine.task_file(&selector, &name, &path)).await?;
    let served = ServeFile::new(search_response).oneshot(request).await;
    let failed = |error| ApiError::Internal(format!("sending a file: {error}"));
    Ok(served.map_err(failed)?.into_response())
}
