//! `PATCH /api/settings`: changes the given keys of the project's settings.

use axum::extract::State;
use engine::Engine;
use serde_json::{Map, Value};

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `PATCH /api/settings`: changes the given keys of the project's settings.
pub(crate) async fn settings(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(patch): Body<Map<String, Value>>,
) -> Answer {
    answer(engine, move |engine| engine.update_settings(&pick, &patch)).await
}
