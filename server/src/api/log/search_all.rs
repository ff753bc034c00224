//! `GET /api/logs/search`.

use axum::extract::State;
use common::log::SearchAllQuery;
use engine::Engine;

use super::streamed::found;
use crate::api::{Answer, ask};
use crate::extract::{Picked, Query};

/// `GET /api/logs/search`: the same over the logs of many tasks.
pub(crate) async fn search_all(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(query): Query<SearchAllQuery>,
) -> Answer {
    ask(engine, move |engine| engine.search_logs(&pick, &query)).await.map(found)
}
