//! `POST /api/tasks/batch/delete`: into the trash.

use axum::extract::State;
use common::task::TaskNamesRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/tasks/batch/delete`: into the trash.
pub(crate) async fn delete_batch(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<TaskNamesRequest>,
) -> Answer {
    answer(engine, move |engine| engine.delete_batch(&pick, &request)).await
}
