//! `GET /api/views`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Picked;

/// `GET /api/views`: those of the workspace.
pub(crate) async fn list(State(engine): State<Engine>, Picked(pick): Picked) -> Answer {
    answer(engine, move |engine| engine.list_views(&pick)).await
}
