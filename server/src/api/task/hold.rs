//! `POST /api/tasks/{name}/hold`.

use axum::extract::State;
use common::task::{HoldRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked, TaskPath};

/// `POST /api/tasks/{name}/hold`.
pub(crate) async fn hold(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<HoldRequest>,
) -> Answer {
    answer(engine, move |engine| engine.hold_task(&pick, &name, &request).map(TaskChanged::from))
        .await
}
