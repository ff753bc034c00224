//! `GET /api/workspace`.

use axum::extract::State;
use engine::Engine;

use crate::api::recent_answers::Question;
use crate::api::{Answer, RecentAnswers};
use crate::extract::Picked;

/// `GET /api/workspace`.
pub(crate) async fn get(
    State(engine): State<Engine>,
    State(recent): State<RecentAnswers>,
    Picked(pick): Picked,
) -> Answer {
    let asked = pick.clone();
    recent.answer(engine, pick, Question::Workspace, move |e| e.workspace(&asked)).await
}
