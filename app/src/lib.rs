//! The user interface: rendered by the server under `ssr`, taken over by the browser under `hydrate`.

// Views are one nested type each.
#![recursion_limit = "512"]
#![allow(clippy::needless_pass_by_value, reason = "the props of a component are given to it")]
#![allow(
    unreachable_pub,
    reason = "the component macro leaves a public item beside each component of a private module"
)]

mod components;
mod context;
mod error;
mod i18n;
mod js;
mod layout;
mod pages;
mod routes;
mod shell;
mod state;
mod wire;

pub use error::AppError;
pub use routes::App;
pub use shell::shell;
