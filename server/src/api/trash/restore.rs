//! `POST /api/trash/restore`.

use axum::extract::State;
use common::task::TrashRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/trash/restore`.
pub(crate) async fn restore(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<TrashRequest>,
) -> Answer {
    answer(engine, move |engine| engine.restore_trash(&pick, &request)).await
}
