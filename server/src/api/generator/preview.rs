//! `POST /api/generator/preview`.

use axum::extract::State;
use common::generator::PreviewRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/generator/preview`.
pub(crate) async fn preview(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<PreviewRequest>,
) -> Answer {
    answer(engine, move |engine| engine.preview(&pick, &request)).await
}
