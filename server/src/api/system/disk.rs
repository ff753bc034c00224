//! `GET /api/system/disk`: what takes the room of a project.

use axum::extract::State;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Picked;

/// `GET /api/system/disk`: what takes the room of the workspace's project. It is counted when it is asked for.
pub(crate) async fn disk(State(engine): State<Engine>, Picked(pick): Picked) -> Answer {
    answer(engine, move |engine| engine.disk_usage(&pick)).await
}
