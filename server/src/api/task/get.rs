//! `GET /api/tasks/{name}`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Picked, TaskPath};

/// `GET /api/tasks/{name}`.
pub(crate) async fn get(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
) -> Answer {
    answer(engine, move |engine| engine.get_task(&pick, &name)).await
}
