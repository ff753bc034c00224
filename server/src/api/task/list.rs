//! `GET /api/tasks`.

use axum::extract::State;
use common::page::TaskQuery;
use engine::Engine;

use crate::api::recent_answers::Question;
use crate::api::{Answer, RecentAnswers};
use crate::extract::{Picked, Query};

/// `GET /api/tasks`.
pub(crate) async fn list(
    State(engine): State<Engine>,
    State(recent): State<RecentAnswers>,
    Picked(pick): Picked,
    Query(query): Query<TaskQuery>,
) -> Answer {
    let (asked, question) = (pick.clone(), Question::Tasks(query.clone()));
    recent.answer(engine, pick, question, move |e| e.list_tasks(&asked, &query)).await
}
