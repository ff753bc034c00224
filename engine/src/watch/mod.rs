//! Noticing what other processes write: supervisors, editors, a second server.

mod dispatch;
mod pulse;
mod throttle;
mod watcher;

pub(crate) use pulse::Pulse;
pub(crate) use watcher::{Watched, Watcher};
