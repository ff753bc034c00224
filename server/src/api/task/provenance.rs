//! `GET /api/tasks/{name}/provenance?run_index=`: where a run came from.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// Which run.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RunQuery {
    /// The run, from 1; the newest if absent.
    pub(super) run_index: Option<u32>,
}

/// `GET /api/tasks/{name}/provenance?run_index=`: where a run came from, the newest one unless told.
pub(crate) async fn provenance(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<RunQuery>,
) -> Answer {
    answer(engine, move |engine| engine.provenance(&pick, &name, query.run_index)).await
}
