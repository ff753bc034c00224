//! The HTTP status of a server function that refuses: that of its error, as in REST.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use common::ApiError;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

/// Gives errors of server functions the status of their kind. The library answers 500 for every error,
/// also for one that is the user's to mend.
///
/// What is our own fault is logged here, once.
pub(crate) async fn set_function_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body was written by us and is in memory already.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error = serde_json::from_slice::<ApiError>(&bytes).ok();
    parts.status = error
        .as_ref()
        .and_then(|error| StatusCode::from_u16(error.status()).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if parts.status.is_server_error() {
        let text = error.map_or_else(
            || String::from_utf8_lossy(&bytes).into_owned(),
            |error| error.to_string(),
        );
        tracing::error!(error = %text, "a server function failed");
    }
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Response::from_parts(parts, Body::from(bytes))
}
