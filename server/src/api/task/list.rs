//! `GET /api/tasks`.

use axum::extract::State;
use common::page::TaskQuery;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query};

/// `GET /api/tasks`.
pub(crate) async fn list(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(query): Query<TaskQuery>,
) -> Answer {
    answer(engine, move |engine| engine.list_tasks(&pick, &query)).await
}
