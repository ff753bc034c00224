//! `POST /api/tasks/{name}/input`.

use axum::extract::State;
use common::log::InputRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `POST /api/tasks/{name}/input`: types into the terminal of the task's run.
pub(crate) async fn input(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<InputRequest>,
) -> Answer {
    answer(engine, move |engine| engine.send_input(&pick, &name, &request.text)).await
}
