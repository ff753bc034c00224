//! The server: REST, sockets, server functions and pages over one engine.
//!
//! [`build_router`] is the whole of it as a service; [`serve`] listens.
//! No rule of the product lives here: a handler reads a request, calls one method
//! of [`engine::Engine`] and returns its answer.

#![forbid(unsafe_code)]

mod access;
mod api;
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
pub use state::{AppState, Closing, ServerConfig, SocketPlaces};
