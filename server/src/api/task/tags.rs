//! `PATCH /api/tasks/{name}/tags`.

use axum::extract::State;
use common::task::{TagsRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `PATCH /api/tasks/{name}/tags`.
pub(crate) async fn tags(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<TagsRequest>,
) -> Answer {
    answer(engine, move |engine| engine.set_tags(&pick, &name, &request).map(TaskChanged::from))
        .await
}
