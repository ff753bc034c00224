//! `POST /api/launcher/open-shell-root`: the shell workspace of another folder.

use axum::extract::State;
use common::workspace::PathRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Body;

/// `POST /api/launcher/open-shell-root`: the shell workspace of another folder.
pub(crate) async fn open_shell_root(
    State(engine): State<Engine>,
    Body(request): Body<PathRequest>,
) -> Answer {
    answer(engine, move |engine| engine.open_shell_root(&request.path)).await
}
