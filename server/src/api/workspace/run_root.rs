//! `POST /api/workspace/run-root`: switching to an existing workspace folder.

use axum::extract::State;
use common::workspace::PathRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Body;

/// `POST /api/workspace/run-root`: switching to an existing workspace folder.
pub(crate) async fn run_root(
    State(engine): State<Engine>,
    Body(request): Body<PathRequest>,
) -> Answer {
    answer(engine, move |engine| engine.open_run_root(&request.path)).await
}
