//! `GET /api/launcher/validate-path?kind=python|shell|config&path=`.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::Query;

/// Which path, as what.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PathQuery {
    /// What it shall be used as: `python`, `shell` or `config`.
    kind: String,
    /// The path.
    #[serde(default)]
    path: String,
}

/// `GET /api/launcher/validate-path?kind=python|shell|config&path=`.
pub(crate) async fn validate_path(
    State(engine): State<Engine>,
    Query(query): Query<PathQuery>,
) -> Answer {
    answer(engine, move |engine| engine.validate_path(&query.kind, &query.path)).await
}
