//! `GET /api/runs/columns`.

use axum::extract::State;
use engine::Engine;

use super::params::RunsParams;
use crate::api::{Answer, answer};
use crate::extract::{Picked, Query};

/// `GET /api/runs/columns?filter=&runs=`: all columns that hold something.
pub(crate) async fn columns(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(params): Query<RunsParams>,
) -> Answer {
    answer(engine, move |engine| engine.runs_columns(&pick, &params.into())).await
}
