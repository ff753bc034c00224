//! File system notifications: detects what supervisors, editors and other servers write.

mod dispatch;
mod target;
mod task_changes;
mod throttle;
mod watcher;

pub(crate) use dispatch::start;
pub(crate) use target::{WAKE_FILE, Watched, WatchedQueue, WatchedWorkspace};
pub(crate) use task_changes::TaskChanges;
pub(crate) use watcher::Watcher;
