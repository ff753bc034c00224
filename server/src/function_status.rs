//! Middleware that sets the HTTP status of failed server functions, as in the REST API.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use common::ApiError;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

/// Sets the status of errors of server functions. The library responds with 500 to every error, including client
/// errors.
///
/// Internal errors are logged here, once.
pub(crate) async fn set_function_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is ours and in memory.
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
