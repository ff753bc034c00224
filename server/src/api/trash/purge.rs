//! `POST /api/trash/purge`.

use axum::extract::State;
use common::task::TrashRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/trash/purge`.
pub(crate) async fn purge(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<TrashRequest>,
) -> Answer {
    answer(engine, move |engine| engine.purge_trash(&pick, &request)).await
}
