//! Middleware that rejects requests beyond the limits.

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{AccessPolicy, Limits};
use crate::error::ApiFailure;

/// Rejects URLs and headers beyond the limits.
pub(super) async fn limit_head(
    State(access): State<AccessPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let Limits { address_bytes, head_bytes, headers, .. } = access.limits;
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > address_bytes {
        let text = format!("The URL is longer than {} KiB.", address_bytes >> 10);
        return refuse(ApiError::AddressTooLong(text));
    }
    let sizes = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len());
    if request.headers().len() > headers || sizes.sum::<usize>() > head_bytes {
        let text = format!("There are more than {headers} headers, or {} KiB.", head_bytes >> 10);
        return refuse(ApiError::HeadTooLarge(text));
    }
    next.run(request).await
}

/// Reads the body, so that the REST API and server functions have the same limits.
pub(super) async fn limit_body(
    State(access): State<AccessPolicy>,
    request: Request,
    next: Next,
) -> Response {
    let Limits { body_bytes, body_time, .. } = access.limits;
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if body.size_hint().lower() > body_bytes as u64 {
        return too_large(body_bytes);
    }
    let body = Limited::new(body, body_bytes).collect();
    match tokio::time::timeout(body_time, body).await {
        Ok(Ok(body)) => next.run(Request::from_parts(parts, Body::from(body.to_bytes()))).await,
        Ok(Err(error)) if error.is::<LengthLimitError>() => too_large(body_bytes),
        Ok(Err(_)) => refuse(ApiError::Invalid("The body could not be read.".to_owned())),
        Err(_) => {
            let text = format!("The body did not arrive within {} seconds.", body_time.as_secs());
            refuse(ApiError::TooSlow(text))
        }
    }
}

fn too_large(most: usize) -> Response {
    refuse(ApiError::TooLarge(format!("The body is larger than {} MiB.", most >> 20)))
}

fn refuse(error: ApiError) -> Response {
    ApiFailure(error).into_response()
}
