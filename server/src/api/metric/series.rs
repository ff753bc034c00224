//! `POST /api/metrics/series`: curves of many runs.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::IntoResponse;
use common::metric::{SeriesRequest, encode};
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{Answer, answer, ask};
use crate::extract::{OptionalBody, Picked, Query};

const BYTES: &str = "application/octet-stream";

/// How the answer is written.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SeriesQuery {
    /// `json`, or `binary` for bytes.
    #[schema(value_type = Option<String>)]
    format: Option<Format>,
}

#[derive(Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Format {
    Json,
    Binary,
}

/// `POST /api/metrics/series?format=`: JSON, or bytes for `binary` or who accepts only those.
pub(crate) async fn series(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(query): Query<SeriesQuery>,
    headers: HeaderMap,
    OptionalBody(request): OptionalBody<SeriesRequest>,
) -> Answer {
    let accepts_bytes = headers.get(ACCEPT).is_some_and(|accepts| accepts == BYTES);
    let default = if accepts_bytes { Format::Binary } else { Format::Json };
    match query.format.unwrap_or(default) {
        Format::Json => answer(engine, move |engine| engine.series(&pick, &request)).await,
        Format::Binary => {
            let bytes =
                ask(engine, move |engine| engine.series(&pick, &request).map(encode)).await?;
            Ok(([(CONTENT_TYPE, BYTES)], bytes).into_response())
        }
    }
}
