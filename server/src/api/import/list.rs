//! `GET /api/imports`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Picked;

/// `GET /api/imports`: the imported folders of the workspace.
pub(crate) async fn list(State(engine): State<Engine>, Picked(pick): Picked) -> Answer {
    answer(engine, move |engine| engine.list_imports(&pick)).await
}
