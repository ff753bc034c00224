//! What the whole application shares: preferences, the workspace, live events.

pub mod connection;
pub mod later;
pub mod live;
pub mod overview;
pub mod preference;
pub mod settled;
#[cfg(feature = "hydrate")]
mod socket;
#[cfg(feature = "hydrate")]
pub mod takeover;
pub mod workspace;
