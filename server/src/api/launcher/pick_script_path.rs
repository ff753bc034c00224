//! `POST /api/launcher/pick-script-path`: picks a script without opening it.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `POST /api/launcher/pick-script-path`: picks a script without opening it.
pub(crate) async fn pick_script_path(State(engine): State<Engine>) -> Answer {
    answer(engine, Engine::pick_script_path).await
}
