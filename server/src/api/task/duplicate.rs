//! `POST /api/tasks/{name}/duplicate`.

use axum::extract::State;
use common::task::{DuplicateRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked, TaskPath};

/// `POST /api/tasks/{name}/duplicate`.
pub(crate) async fn duplicate(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<DuplicateRequest>,
) -> Answer {
    answer(engine, move |engine| {
        engine.duplicate_task(&pick, &name, &request).map(TaskChanged::from)
    })
    .await
}
