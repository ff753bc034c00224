//! `GET /api/templates/content?value=`.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer};
use crate::extract::{Picked, Query};

/// Which template.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ContentQuery {
    /// The `value` of a template.
    value: String,
}

/// `GET /api/templates/content?value=`.
pub(crate) async fn content(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(query): Query<ContentQuery>,
) -> Answer {
    answer(engine, move |engine| engine.template_content(&pick, &query.value)).await
}
