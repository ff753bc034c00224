//! `POST /api/tasks/{name}/rename`.

use axum::extract::State;
use common::task::{RenameRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `POST /api/tasks/{name}/rename`.
pub(crate) async fn rename(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<RenameRequest>,
) -> Answer {
    answer(engine, move |engine| engine.rename_task(&pick, &name, &request).map(TaskChanged::from))
        .await
}
