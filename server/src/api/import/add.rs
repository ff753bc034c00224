//! `POST /api/imports`.

use axum::extract::State;
use common::runs::ImportRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/imports`: shows the runs of a folder beside those of the workspace.
pub(crate) async fn add(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<ImportRequest>,
) -> Answer {
    answer(engine, move |engine| engine.add_import(&pick, &request)).await
}
