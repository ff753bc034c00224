//! `POST /api/tasks/{name}/cancel`.

use axum::extract::State;
use common::task::TaskChanged;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Picked, TaskPath};

/// `POST /api/tasks/{name}/cancel`.
pub(crate) async fn cancel(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
) -> Answer {
    answer(engine, move |engine| engine.cancel_task(&pick, &name).map(TaskChanged::from)).await
}
