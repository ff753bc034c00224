//! `POST /api/tasks/{name}/pin`.

use axum::extract::State;
use common::task::{PinRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked, TaskPath};

/// `POST /api/tasks/{name}/pin`.
pub(crate) async fn pin(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<PinRequest>,
) -> Answer {
    answer(engine, move |engine| engine.pin_task(&pick, &name, &request).map(TaskChanged::from))
        .await
}
