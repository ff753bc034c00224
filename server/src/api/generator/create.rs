//! `POST /api/generator/create`.

use axum::extract::State;
use common::generator::CreateRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/generator/create`.
pub(crate) async fn create(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<CreateRequest>,
) -> Answer {
    answer(engine, move |engine| engine.create(&pick, &request)).await
}
