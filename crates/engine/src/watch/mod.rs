//! Noticing what other processes write: supervisors, editors, a second server.

mod dispatch;
mod pulse;
mod throttle;
mod watcher;

use pulse::Pulse;
pub(crate) use pulse::TaskPulse;
pub(crate) use watcher::{Watched, Watcher};
