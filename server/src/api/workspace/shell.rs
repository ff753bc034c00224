//! `POST /api/workspace/shell`: switching to the shell workspace.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `POST /api/workspace/shell`: switching to the shell workspace.
pub(crate) async fn shell(State(engine): State<Engine>) -> Answer {
    answer(engine, Engine::open_shell).await
}
