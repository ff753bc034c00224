//! `GET /api/tasks/{name}`.

use axum::extract::State;
use engine::Engine;

use crate::api::reveal::RevealQuery;
use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// `GET /api/tasks/{name}`.
pub(crate) async fn get(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<RevealQuery>,
) -> Answer {
    answer(engine, move |engine| match query.reveal {
        true => engine.reveal_task(&pick, &name),
        false => engine.get_task(&pick, &name),
    })
    .await
}
