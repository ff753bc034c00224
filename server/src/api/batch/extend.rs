//! `POST /api/batches/{name}/extend`.

use axum::extract::{Path, State};
use common::batches::ExtendBatchRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/batches/{name}/extend`.
pub(crate) async fn extend(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Path(name): Path<String>,
    Body(request): Body<ExtendBatchRequest>,
) -> Answer {
    answer(engine, move |engine| engine.extend_batch(&pick, &name, &request)).await
}
