//! `GET /api/tasks/{name}/logs/search`.

use axum::extract::State;
use common::log::SearchQuery;
use engine::Engine;

use super::streamed::found;
use crate::api::{Answer, ask};
use crate::extract::{Picked, Query, TaskPath};

/// `GET /api/tasks/{name}/logs/search`: a JSON object a line, as it is found.
pub(crate) async fn search(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<SearchQuery>,
) -> Answer {
    ask(engine, move |engine| engine.search_log(&pick, &name, &query)).await.map(found)
}
