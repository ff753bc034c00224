//! The user interface: rendered by the server under `ssr`, taken over by the browser under `hydrate`.

// Views are one nested type each.
#![recursion_limit = "512"]
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

pub use error::AppError;
pub use routes::App;
pub use shell::shell;
