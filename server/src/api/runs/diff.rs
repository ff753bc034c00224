//! `POST /api/runs/diff`.

use axum::extract::State;
use common::provenance::InputsDiffRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/runs/diff`: how the inputs of two runs differ, line by line.
pub(crate) async fn diff(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<InputsDiffRequest>,
) -> Answer {
    answer(engine, move |engine| engine.diff_inputs(&pick, &request)).await
}
