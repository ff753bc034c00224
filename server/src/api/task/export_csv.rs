//! `POST /api/tasks/export/csv`.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use common::task::TaskNamesRequest;
use engine::Engine;

use crate::api::{Answer, ask};
use crate::extract::{Body, Picked};

/// `POST /api/tasks/export/csv`: a row a run.
pub(crate) async fn export_csv(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<TaskNamesRequest>,
) -> Answer {
    let csv = ask(engine, move |engine| engine.export_csv(&pick, &request)).await?;
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response())
}
