//! `POST /api/views/delete`.

use axum::extract::State;
use common::runs::DeleteViewRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/views/delete`: forgets a view.
pub(crate) async fn delete(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<DeleteViewRequest>,
) -> Answer {
    answer(engine, move |engine| engine.delete_view(&pick, &request.name)).await
}
