//! `POST /api/views`.

use axum::extract::State;
use common::runs::RunsView;
use engine::Engine;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// `POST /api/views`: keeps a view, in place of the one of that name.
pub(crate) async fn save(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(view): Body<RunsView>,
) -> Answer {
    answer(engine, move |engine| engine.save_view(&pick, &view)).await
}
