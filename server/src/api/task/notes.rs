//! `PATCH /api/tasks/{name}/notes`.

use axum::extract::State;
use common::task::{NotesRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `PATCH /api/tasks/{name}/notes`.
pub(crate) async fn notes(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<NotesRequest>,
) -> Answer {
    answer(engine, move |engine| engine.set_notes(&pick, &name, &request).map(TaskChanged::from))
        .await
}
