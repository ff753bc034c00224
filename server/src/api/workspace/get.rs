//! `GET /api/workspace`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Picked;

/// `GET /api/workspace`.
pub(crate) async fn get(State(engine): State<Engine>, Picked(pick): Picked) -> Answer {
    answer(engine, move |engine| engine.workspace(&pick)).await
}
