//! `PATCH /api/tasks/{name}/options`.

use axum::extract::State;
use common::task::{OptionsRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `PATCH /api/tasks/{name}/options`.
pub(crate) async fn options(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<OptionsRequest>,
) -> Answer {
    answer(engine, move |engine| engine.set_options(&pick, &name, &request).map(TaskChanged::from))
        .await
}
