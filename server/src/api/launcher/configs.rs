//! `GET /api/launcher/configs?script=`.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::Query;

/// Which script's configs.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ConfigsQuery {
    /// Path of the script.
    script: String,
}

/// `GET /api/launcher/configs?script=`.
pub(crate) async fn configs(
    State(engine): State<Engine>,
    Query(query): Query<ConfigsQuery>,
) -> Answer {
    answer(engine, move |engine| engine.list_configs(&query.script)).await
}
