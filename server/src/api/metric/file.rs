//! `GET /api/tasks/{name}/files/{path}`: a file that a run left.

use axum::extract::{Request, State};
use axum::response::IntoResponse;
use common::ApiError;
use engine::Engine;
use percent_encoding::percent_decode_str;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::api::{Answer, ask};
use crate::extract::{Picked, TaskPath};

/// `GET /api/tasks/{name}/files/{path}`: its content, or the asked range of it. Nothing in it is run by a
/// browser: access control adds such headers to every response that is no page.
pub(crate) async fn file(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    request: Request,
) -> Answer {
    let after =
        request.uri().path().split_once("/files/").map(|(_, path)| path).unwrap_or_default();
    let path = percent_decode_str(after).decode_utf8_lossy().into_owned();
    let found = ask(engine, move |engine| engine.task_file(&pick, &name, &path)).await?;
    let served = ServeFile::new(found).oneshot(request).await;
    let failed = |error| ApiError::Internal(format!("sending a file: {error}"));
    Ok(served.map_err(failed)?.into_response())
}
