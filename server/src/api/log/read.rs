//! `GET /api/tasks/{name}/logs`.

use axum::extract::State;
use common::log::LogQuery;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// `GET /api/tasks/{name}/logs`.
pub(crate) async fn read(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<LogQuery>,
) -> Answer {
    answer(engine, move |engine| engine.read_log(&pick, &name, &query)).await
}
