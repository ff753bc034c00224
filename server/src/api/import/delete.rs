//! `POST /api/imports/delete`.

use axum::extract::State;
use common::runs::DeleteImportRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/imports/delete`: shows them no more, and leaves the folder alone.
pub(crate) async fn delete(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<DeleteImportRequest>,
) -> Answer {
    answer(engine, move |engine| engine.delete_import(&pick, &request.name)).await
}
