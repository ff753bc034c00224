//! How much and how long a request may be, and how many there may be.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use common::ApiError;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::Door;
use crate::error::ApiFailure;

/// What one client may take, so that there is enough left for the others.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most bytes of a body.
    pub body_bytes: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
    /// How long a request's head may take, and how long an idle connection is kept.
    pub head_time: Duration,
    /// The most bytes of a request's headers.
    pub head_bytes: usize,
    /// The most headers of a request.
    pub headers: usize,
    /// The most bytes of an address with its query.
    pub address_bytes: usize,
    /// The most connections of the owner's processes at a time.
    pub connections: usize,
    /// The most connections of anybody else. Their own count, so that they cannot keep the owner out.
    pub foreign_connections: usize,
    /// The most WebSocket connections that are open at a time.
    pub sockets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 4 << 20,
            body_time: Duration::from_secs(30),
            head_time: Duration::from_secs(30),
            head_bytes: 64 << 10,
            headers: 100,
            address_bytes: 16 << 10,
            connections: 4096,
            foreign_connections: 512,
            sockets: 2048,
        }
    }
}

/// Refuses addresses and headers that are larger than any of ours can be.
pub(super) async fn limit_head(State(door): State<Door>, request: Request, next: Next) -> Response {
    let Limits { address_bytes, head_bytes, headers, .. } = door.limits;
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > address_bytes {
        let text = format!("The address is longer than {} KiB.", address_bytes >> 10);
        return refuse(ApiError::AddressTooLong(text));
    }
    let sizes = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len());
    if request.headers().len() > headers || sizes.sum::<usize>() > head_bytes {
        let text = format!("There are more than {headers} headers, or {} KiB.", head_bytes >> 10);
        return refuse(ApiError::HeadTooLarge(text));
    }
    next.run(request).await
}

/// Reads the body here, so that REST and server functions meet the same limits.
pub(super) async fn limit_body(State(door): State<Door>, request: Request, next: Next) -> Response {
    let Limits { body_bytes, body_time, .. } = door.limits;
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
