//! `POST /api/launcher/open`: opens a script.

use axum::extract::State;
use common::launcher::OpenRequest;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::Body;

/// `POST /api/launcher/open`: opens a script.
pub(crate) async fn open(State(engine): State<Engine>, Body(request): Body<OpenRequest>) -> Answer {
    answer(engine, move |engine| engine.open_script(&request)).await
}
