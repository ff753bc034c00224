//! `GET /api/runs`.

use axum::extract::State;
use engine::Engine;

use super::params::RunsParams;
use crate::api::{Answer, answer};
use crate::extract::{Picked, Query};

/// `GET /api/runs?filter=&sort=&columns=&group=&runs=&offset=&limit=`: a page of the table.
pub(crate) async fn list(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(params): Query<RunsParams>,
) -> Answer {
    answer(engine, move |engine| engine.runs(&pick, &params.into())).await
}
