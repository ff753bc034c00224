//! The middleware stack of access control.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::{headers, host, limit_requests, origin, token};
use crate::state::AppState;

/// Adds access control to all routes. The first check is the outermost layer, so it is added last.
pub(crate) fn guard(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    // Search results must not be delayed by compression, and logs are served in ranges.
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/x-ndjson"))
        .and(NotForContentType::const_new("text/plain"));
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it);
    let access = &state.access;
    router
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(access.clone(), limit_requests::limit_body))
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), token::check_token))
        .layer(from_fn_with_state(access.clone(), limit_requests::limit_head))
        .layer(from_fn(origin::check_origin))
        .layer(from_fn_with_state(access.clone(), host::check_host))
        .layer(from_fn(headers::add_headers))
}
