//! `PATCH /api/tasks/{name}/env`: replaces the task's environment.

use axum::extract::State;
use common::task::{EnvRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `PATCH /api/tasks/{name}/env`: replaces the task's environment.
pub(crate) async fn env(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<EnvRequest>,
) -> Answer {
    answer(engine, move |engine| engine.set_env(&pick, &name, &request).map(TaskChanged::from))
        .await
}
