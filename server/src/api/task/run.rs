//! `POST /api/tasks/{name}/run`. A body is allowed and says nothing yet.

use axum::extract::State;
use common::task::TaskChanged;
use engine::Engine;
use serde_json::{Map, Value};

use crate::api::{Answer, answer};
use crate::extract::{OptionalBody, Picked, TaskPath};

/// `POST /api/tasks/{name}/run`. A body is allowed and says nothing yet.
pub(crate) async fn run(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    OptionalBody(_): OptionalBody<Map<String, Value>>,
) -> Answer {
    answer(engine, move |engine| engine.run_task(&pick, &name).map(TaskChanged::from)).await
}
