//! `POST /api/tasks/reorder`.

use axum::extract::State;
use common::Task;
use common::task::ReorderRequest;
use engine::Engine;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::{Body, Picked};

/// The new order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reordered {
    /// How many tasks were ordered.
    count: usize,
    /// Those tasks.
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
