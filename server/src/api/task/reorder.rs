//! `POST /api/tasks/reorder`.

use axum::extract::State;
use common::Task;
use common::task::ReorderRequest;
use engine::Engine;
use serde::Serialize;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

#[derive(Serialize)]
struct Reordered {
    count: usize,
    items: Vec<Task>,
}

/// `POST /api/tasks/reorder`: the manual order.
pub(crate) async fn reorder(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Body(request): Body<ReorderRequest>,
) -> Answer {
    answer(engine, move |engine| {
        let items = engine.reorder_tasks(&pick, &request)?;
        Ok(Reordered { count: items.len(), items })
    })
    .await
}
