//! State shared by the whole application: preferences, the workspace, live events.

pub mod connection;
pub mod debounce;
pub mod deferred;
#[cfg(feature = "hydrate")]
pub mod hydration;
pub mod live;
pub mod overview;
pub mod page_url;
pub mod preference;
#[cfg(feature = "hydrate")]
mod socket;
pub mod workspace;
