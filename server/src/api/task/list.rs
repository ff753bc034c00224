//! `GET /api/tasks`.

use axum::body::Bytes;
use axum::extract::State;
use common::page::TaskQuery;
use engine::Engine;

use super::recent_pages::RecentPages;
use crate::api::{Answer, json_answer, written};
use crate::extract::{Picked, Query};

/// `GET /api/tasks`.
pub(crate) async fn list(
    State(engine): State<Engine>,
    State(recent): State<RecentPages>,
    Picked(pick): Picked,
    Query(query): Query<TaskQuery>,
) -> Answer {
    // Asked before the page is made: what happens meanwhile makes it an old one.
    let event_id = engine.newest_event_id();
    if let Some(json) = recent.find(&pick, &query, event_id) {
        return Ok(json_answer(json));
    }
    let (asked, wanted) = (pick.clone(), query.clone());
    let json = Bytes::from(written(engine, move |e| e.list_tasks(&asked, &wanted)).await?);
    recent.keep(pick, query, event_id, json.clone());
    Ok(json_answer(json))
}
