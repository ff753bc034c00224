//! `GET /api/system/metrics`: the machine's load.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};

/// `GET /api/system/metrics`: the machine's load.
pub(crate) async fn metrics(State(engine): State<Engine>) -> Answer {
    answer(engine, move |engine| Ok(engine.system_metrics())).await
}
