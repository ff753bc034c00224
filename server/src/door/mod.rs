//! The door: who may come in, and what every answer says about itself.
//!
//! Everything passes it, REST, server functions, sockets and files alike.

mod headers;
mod host;
mod limits;
mod origin;
mod peer;
mod token;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

pub use limits::Limits;
pub use peer::Peer;

use crate::state::AppState;

/// The names of this machine for itself, without port.
const LOCAL_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Whom the server answers.
#[derive(Debug, Clone)]
pub struct Door {
    /// Host names under which it may be addressed, without port.
    hosts: Arc<[String]>,
    /// Any address in numbers will do as a host: no name leads there, so none can be turned.
    any_address: bool,
    /// Even the owner's processes need the token.
    always_token: bool,
    /// Whether connections are encrypted, so that the cookie must be too.
    tls: bool,
    /// Port of the development loop's reload socket, which pages may then open.
    reload_port: Option<u16>,
    /// How much a request may bring.
    limits: Limits,
}

impl Door {
    /// Only this machine, addressed by a name that is its own.
    #[must_use]
    pub fn loopback(reload_port: Option<u16>) -> Self {
        Self {
            hosts: LOCAL_HOSTS.map(str::to_owned).into(),
            any_address: false,
            always_token: false,
            tls: false,
            reload_port,
            limits: Limits::default(),
        }
    }

    /// Also others: they may call the server by these names or by any address in numbers, and all
    /// need the token.
    #[must_use]
    pub fn open_to(self, names: impl IntoIterator<Item = String>) -> Self {
        Self { any_address: true, always_token: true, ..self.also_called(names) }
    }

    /// Also answers to these names.
    #[must_use]
    pub fn also_called(self, names: impl IntoIterator<Item = String>) -> Self {
        let bracketed = |name: String| match name.parse() {
            Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
            _ => name,
        };
        let hosts = self.hosts.iter().cloned().chain(names.into_iter().map(bracketed)).collect();
        Self { hosts, ..self }
    }

    /// Whether even the owner's processes need the token.
    #[must_use]
    pub fn with_token(self, always: bool) -> Self {
        Self { always_token: self.always_token || always, ..self }
    }

    /// Whether connections are encrypted.
    #[must_use]
    pub fn with_tls(self, tls: bool) -> Self {
        Self { tls, ..self }
    }

    /// With other limits than the usual ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Whether nobody comes in without the token.
    #[must_use]
    pub fn needs_token(&self) -> bool {
        self.always_token
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Puts the door around all routes. The first check is the outermost, so it is added last.
pub(crate) fn guard(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    // What is found must not wait for more of it to be compressed, and logs are served in ranges.
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/x-ndjson"))
        .and(NotForContentType::const_new("text/plain"));
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it);
    let door = &state.door;
    router
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(door.clone(), limits::limit_body))
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), token::check_token))
        .layer(from_fn_with_state(door.clone(), limits::limit_head))
        .layer(from_fn(origin::check_origin))
        .layer(from_fn_with_state(door.clone(), host::check_host))
        .layer(from_fn(headers::add_headers))
}
