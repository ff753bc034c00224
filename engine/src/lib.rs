//! The engine: workspaces on disk, the queue, runs, logs and metrics. It knows no HTTP.
//!
//! [`Engine`] is the one entrance. Each of its verbs lives in a file of that name and
//! returns the type of `common` that crosses the wire.

#![deny(unsafe_code)]

pub mod argparse;
mod engine;
mod error;

pub use engine::{Engine, LogFollower, LogStart, Options, Pick, Subscription};
pub use error::{Error, Result};
