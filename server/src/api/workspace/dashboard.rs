//! `GET /api/dashboard?recent_limit=6`.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::recent_answers::Question;
use crate::api::{Answer, RecentAnswers};
use crate::extract::{Picked, Query};

/// How much of the dashboard is wanted.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DashboardQuery {
    /// How many of the newest tasks; 6 if absent.
    recent_limit: Option<u32>,
}

/// `GET /api/dashboard?recent_limit=6`.
pub(crate) async fn dashboard(
    State(engine): State<Engine>,
    State(recent): State<RecentAnswers>,
    Picked(pick): Picked,
    Query(query): Query<DashboardQuery>,
) -> Answer {
    let limit = query.recent_limit.unwrap_or(6);
    let (asked, question) = (pick.clone(), Question::Dashboard(limit));
    recent.answer(engine, pick, question, move |e| e.dashboard(&asked, limit)).await
}
