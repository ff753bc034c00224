//! Fetches curves.

use common::ApiError;
use common::metric::{SeriesAnswer, SeriesRequest, decode};

use crate::AppError;
use crate::js::bytes;
use crate::url_query::UrlQuery;

/// Fetches the curves of a request, in binary: a hundred runs as JSON would take a second to parse.
pub(super) async fn fetch(
    ws: Option<String>,
    request: &SeriesRequest,
) -> Result<SeriesAnswer, AppError> {
    let search =
        UrlQuery::default().with("workspace", ws.as_deref()).with("format", Some("binary"));
    let body = serde_json::to_string(request)
        .map_err(|error| AppError(ApiError::Internal(error.to_string())))?;
    let url = format!("/api/metrics/series{}", search.to_search());
    let bytes = bytes::post(&url, &body).await?;
    decode(&bytes).map_err(|error| AppError(ApiError::Internal(error.to_string())))
}
