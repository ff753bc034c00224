//! `GET /api/launcher/workspaces`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `GET /api/launcher/workspaces`.
pub(crate) async fn workspaces(State(engine): State<Engine>) -> Answer {
    answer(engine, move |engine| engine.list_workspaces()).await
}
