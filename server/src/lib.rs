//! The server: REST API, WebSocket connections, server functions and pages of one engine.
//!
//! [`build_router`] creates the service; [`serve`] listens. The crate contains no product logic: a handler extracts a
//! request, calls one method of [`engine::Engine`] and returns its result.

#![forbid(unsafe_code)]

mod access;
mod api;
mod api_router;
mod assets;
mod error;
mod extract;
mod function_status;
mod openapi;
mod pages;
mod router;
mod serve;
mod state;
mod ws;

pub use access::{AccessPolicy, Limits, Peer};
pub use assets::AssetSource;
pub use router::build_router;
pub use serve::{Listening, PortChoice, ServeError, ServeOptions, TlsFiles, serve, serve_until};
pub use state::{AppState, ServerConfig, ShutdownSignal, SocketPermits};
