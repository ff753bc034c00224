//! `POST /api/tasks/{name}/restore-inputs`: what a run was started with, in a new folder.

use axum::extract::State;
use common::provenance::RestoreInputsRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked, TaskPath};

/// `POST /api/tasks/{name}/restore-inputs`.
pub(crate) async fn restore_inputs(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Body(request): Body<RestoreInputsRequest>,
) -> Answer {
    answer(engine, move |engine| engine.restore_inputs(&pick, &name, &request)).await
}
