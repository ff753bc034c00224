//! `GET /api/tasks/{name}/provenance/{hash}?run_index=`: a content that was kept for a run.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use engine::Engine;

use super::provenance::RunQuery;
use crate::api::{Answer, ask};
use crate::extract::{Picked, Query, TaskPath};

/// `GET /api/tasks/{name}/provenance/{hash}?run_index=`: the content of that hash, where the run's note
/// names it.
pub(crate) async fn kept_file(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Path((_, sha256)): Path<(String, String)>,
    Query(query): Query<RunQuery>,
) -> Answer {
    let content =
        ask(engine, move |engine| engine.provenance_file(&pick, &name, query.run_index, &sha256));
    // Whatever it holds, no browser is to take it for a page.
    Ok(([(CONTENT_TYPE, "application/octet-stream")], content.await?).into_response())
}
