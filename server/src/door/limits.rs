//! How much and how long a request body may be.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::error::ApiFailure;

/// The most bytes of a body.
const MAX_BODY_BYTES: usize = 4 << 20;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Reads the body here, so that REST and server functions meet the same limits.
pub(super) async fn limit_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return too_large();
    }
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    match tokio::time::timeout(BODY_TIMEOUT, body).await {
        Ok(Ok(body)) => next.run(Request::from_parts(parts, Body::from(body.to_bytes()))).await,
        Ok(Err(error)) if error.is::<LengthLimitError>() => too_large(),
        Ok(Err(_)) => refuse("The body could not be read."),
        Err(_) => refuse("The body did not arrive within 30 seconds."),
    }
}

fn too_large() -> Response {
    let text = format!("The body is larger than {} MiB.", MAX_BODY_BYTES >> 20);
    ApiFailure(ApiError::TooLarge(text)).into_response()
}

fn refuse(text: &str) -> Response {
    ApiFailure(ApiError::Invalid(text.to_owned())).into_response()
}
