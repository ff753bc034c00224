//! `GET /api/tasks/{name}/outputs?run=`: images and files of a run.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// Which run; the newest where none is named.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OutputsQuery {
    /// The run, from 1; the newest if absent.
    run: Option<u32>,
}

/// `GET /api/tasks/{name}/outputs?run=`: images and files of a run.
pub(crate) async fn outputs(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<OutputsQuery>,
) -> Answer {
    answer(engine, move |engine| engine.outputs(&pick, &name, query.run.unwrap_or(0))).await
}
