//! `GET /api/tasks/{name}/metrics?max_points=`: the curves of all runs.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query, TaskPath};

/// How fine the curves shall be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct MetricsQuery {
    /// The most points of a curve; 1,000 if absent.
    max_points: Option<u32>,
}

/// `GET /api/tasks/{name}/metrics?max_points=`: the curves of all runs.
pub(crate) async fn read(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<MetricsQuery>,
) -> Answer {
    answer(engine, move |engine| engine.metrics(&pick, &name, query.max_points.unwrap_or(1000)))
        .await
}
