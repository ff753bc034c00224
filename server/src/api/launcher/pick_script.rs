//! `POST /api/launcher/pick-script`: the desktop's file picker.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `POST /api/launcher/pick-script`: the desktop's file picker.
pub(crate) async fn pick_script(State(engine): State<Engine>) -> Answer {
    answer(engine, Engine::pick_script).await
}
