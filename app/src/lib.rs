//! The user interface: rendered by the server under `ssr`, taken over by the browser under `hydrate`.

#![allow(
    unreachable_pub,
    reason = "the component macro leaves a public item beside each component of a private module"
)]

pub mod components;
pub mod context;
pub mod error;
pub mod i18n;
pub mod js;
pub mod layout;
pub mod pages;
mod routes;
mod shell;
pub mod state;

pub use error::AppError;
pub use routes::App;
pub use shell::shell;
