//! Watch targets: the kinds of watched folders, and the recipients of their changes.

use common::{TaskName, WorkspaceName};
use std::path::Path;
use std::sync::Weak;

use common::metric::RunProgress;
use store::task::TaskDir;

/// Written in `_pyruns_` by a server that is not elected, after it has changed the queue.
pub(crate) const WAKE_FILE: &str = ".scheduler.knock";

/// The interface of an open workspace for the watcher.
pub(crate) trait WatchedWorkspace: Send + Sync {
    /// The workspace's name in events.
    fn name(&self) -> &WorkspaceName;

    /// The workspace's folder.
    fn root(&self) -> &Path;

    /// The folder of one of its tasks.
    fn task_dir(&self, name: &TaskName) -> TaskDir;

    /// The files of a task have changed, or the task was created or removed.
    fn task_changed(&self, name: &TaskName);

    /// Events were lost, so any task may have changed.
    fn anything_changed(&self);

    /// A running task has reported its progress.
    fn set_progress(&self, name: &TaskName, run_index: u32, progress: RunProgress);
}

/// The interface of a project's queue for the watcher.
pub(crate) trait WatchedQueue: Send + Sync {
    /// Another server has changed the queue.
    fn request_sweep(&self);
}

/// The kind of a watched folder.
#[derive(Clone)]
pub(crate) enum Watched {
    /// `tasks/`; each folder in it is a task.
    Tasks(Weak<dyn WatchedWorkspace>),
    /// A task's folder; only changes of `task_info.json` are relevant.
    Task(Weak<dyn WatchedWorkspace>, TaskName),
    /// `_pyruns_`, where other servers write [`WAKE_FILE`].
    Project(Weak<dyn WatchedQueue>),
    /// `run_logs/`; only changes of journals and ends are relevant, besides the change signals for log followers.
    RunLogs(Weak<dyn WatchedWorkspace>, TaskName),
}
