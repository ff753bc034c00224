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

/// Which run, and how it is shown.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NoteQuery {
    /// The run, from 1; the newest if absent.
    run_index: Option<u32>,
    /// Show the values of secrets, where an earlier version has noted them; false if absent.
    #[serde(default)]
    reveal: bool,
}

/// `GET /api/tasks/{name}/provenance?run_index=`: where a run came from, the newest one unless told.
pub(crate) async fn provenance(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<NoteQuery>,
) -> Answer {
    answer(engine, move |engine| match query.reveal {
        true => engine.reveal_provenance(&pick, &name, query.run_index),
        false => engine.provenance(&pick, &name, query.run_index),
    })
    .await
}
