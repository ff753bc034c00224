//! `POST /api/runs`.

use axum::extract::State;
use common::runs::RunsQuery;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked};

/// `POST /api/runs`: a page of the table, asked for with a body.
pub(crate) async fn query(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    OptionalBody(query): OptionalBody<RunsQuery>,
) -> Answer {
    answer(engine, move |engine| engine.runs(&pick, &query)).await
}
