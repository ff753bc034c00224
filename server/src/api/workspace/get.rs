//! `GET /api/workspace`.

use axum::extract::State;
use engine::Engine;

use crate::api::recent_answers::Question;
use crate::api::reveal::RevealQuery;
use crate::api::{Answer, RecentAnswers, answer};
use crate::extract::{Picked, Query};

/// `GET /api/workspace`.
pub(crate) async fn get(
    State(engine): State<Engine>,
    State(recent): State<RecentAnswers>,
    Picked(pick): Picked,
    Query(query): Query<RevealQuery>,
) -> Answer {
    if query.reveal {
        return answer(engine, move |engine| engine.reveal_workspace(&pick)).await;
    }
    let asked = pick.clone();
    recent.answer(engine, pick, Question::Workspace, move |e| e.workspace(&asked)).await
}
