//! Noticing what other processes write: supervisors, editors, a second server.

mod dispatch;
mod pulse;
mod target;
mod throttle;
mod watcher;

pub(crate) use dispatch::start;
pub(crate) use pulse::TaskPulse;
pub(crate) use target::{KNOCK_FILE, Watched, WatchedQueue, WatchedWorkspace};
pub(crate) use watcher::Watcher;
