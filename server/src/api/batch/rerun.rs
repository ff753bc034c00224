//! `POST /api/batches/{name}/rerun`.

use axum::extract::{Path, State};
use common::batches::RerunBatchRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked};

/// `POST /api/batches/{name}/rerun`.
pub(crate) async fn rerun(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Path(name): Path<String>,
    OptionalBody(request): OptionalBody<RerunBatchRequest>,
) -> Answer {
    answer(engine, move |engine| engine.rerun_batch(&pick, &name, &request)).await
}
