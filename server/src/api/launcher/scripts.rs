//! `GET /api/launcher/scripts`.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `GET /api/launcher/scripts`.
pub(crate) async fn scripts(State(engine): State<Engine>) -> Answer {
    answer(engine, move |engine| engine.list_scripts()).await
}
