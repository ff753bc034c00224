//! `GET /api/tasks/{name}/logs/window`.

use axum::extract::State;
use common::log::WindowQuery;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// `GET /api/tasks/{name}/logs/window`: lines by their numbers, around a byte, or the last ones.
pub(crate) async fn window(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<WindowQuery>,
) -> Answer {
    answer(engine, move |engine| engine.log_window(&pick, &name, &query)).await
}
