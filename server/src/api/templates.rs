//! Handlers of `/api/templates`.

use axum::extract::State;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{HandlerResult, respond};
use crate::extract::{Query, SelectedWorkspace};

/// `GET /api/templates`: lists the templates of new batches.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
) -> HandlerResult {
    respond(engine, move |engine| engine.templates(&selector)).await
}

/// Which template.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ContentQuery {
    /// The `value` of a template.
    value: String,
}

/// `GET /api/templates/content?value=`: the text and values of a template.
pub(crate) async fn content(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<ContentQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.template_content(&selector, &query.value)).await
}
