//! `POST /api/launcher/pick-shell-root`: picks a folder and opens its shell workspace.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `POST /api/launcher/pick-shell-root`: picks a folder and opens its shell workspace.
pub(crate) async fn pick_shell_root(State(engine): State<Engine>) -> Answer {
    answer(engine, Engine::pick_shell_root).await
}
