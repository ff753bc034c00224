//! The door: who may come in, and what every answer says about itself.
//!
//! Everything passes it, REST, server functions, sockets and files alike; a later
//! check of the peer or of a token is one more layer in [`guard`].

mod headers;
mod host;
mod limits;
mod origin;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::state::AppState;

/// Whom the server answers.
#[derive(Debug, Clone)]
pub struct Door {
    /// Host names under which it may be addressed, without port.
    hosts: Arc<[&'static str]>,
    /// Port of the development loop's reload socket, which pages may then open.
    reload_port: Option<u16>,
}

impl Door {
    /// Only this machine, addressed by a name that is its own.
    #[must_use]
    pub fn loopback(reload_port: Option<u16>) -> Self {
        Self { hosts: Arc::new(["localhost", "127.0.0.1", "[::1]"]), reload_port }
    }
}

/// Puts the door around all routes. The first check is the outermost, so it is added last.
pub(crate) fn guard(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    router
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(limits::limit_body))
        .layer(compression)
        .layer(from_fn(origin::check_origin))
        .layer(from_fn_with_state(state.door.clone(), host::check_host))
        .layer(from_fn(headers::add_headers))
}
