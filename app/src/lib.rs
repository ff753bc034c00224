//! The user interface: rendered by the server with the feature `ssr`, hydrated in the browser with `hydrate`.

#![allow(clippy::needless_pass_by_value, reason = "the props of a component are given to it")]
#![allow(clippy::too_many_lines, reason = "eleven views are not cut into components yet")]
#![allow(
    unreachable_pub,
    reason = "the component macro leaves a public item beside each component of a private module"
)]

#[cfg(not(erase_components))]
compile_error!(
    "the pages are built with `--cfg=erase_components`, on the server as in the browser, or the two do not fit. \
     `.cargo/config.toml` says so, but RUSTFLAGS in the environment overrides it: unset it"
);

mod components;
mod context;
mod error;
mod i18n;
mod js;
mod layout;
mod number_text;
mod pages;
mod remote;
mod routes;
mod shell;
mod state;
mod url_query;
mod wire;

pub use error::AppError;
#[cfg(feature = "ssr")]
pub use i18n::Lang;
pub use routes::App;
pub use shell::shell;
#[cfg(feature = "hydrate")]
pub use state::hydration::mark_hydrated;
#[cfg(feature = "ssr")]
pub use state::preference::Preference;
