//! What a watched folder is, and whom a change in it concerns.

use std::path::Path;
use std::sync::Weak;

use common::metric::RunProgress;
use store::task::TaskDir;

/// Written in `_pyruns_` by a server that has queued something and does not start it itself.
pub(crate) const KNOCK_FILE: &str = ".scheduler.knock";

/// An open workspace, as far as the watcher has to know it.
pub(crate) trait WatchedWorkspace: Send + Sync {
    /// How events name it.
    fn name(&self) -> String;

    /// Its folder.
    fn root(&self) -> &Path;

    /// The folder of one of its tasks.
    fn task_dir(&self, name: &str) -> TaskDir;

    /// The files of a task have changed, or it is new, or gone.
    fn task_changed(&self, name: &str);

    /// Events were lost: anything may have changed.
    fn anything_changed(&self);

    /// A running task has reported its progress.
    fn set_progress(&self, name: &str, run_index: u32, progress: RunProgress);
}

/// The queue of a project, as far as the watcher has to know it.
pub(crate) trait WatchedQueue: Send + Sync {
    /// Another server has queued something.
    fn knock(&self);
}

/// What a folder is to the engine.
#[derive(Clone)]
pub(crate) enum Watched {
    /// `tasks/`: folders in it are tasks.
    Tasks(Weak<dyn WatchedWorkspace>),
    /// A task's folder: `task_info.json` in it counts.
    Task(Weak<dyn WatchedWorkspace>, String),
    /// `_pyruns_`: other servers write [`KNOCK_FILE`] here.
    Project(Weak<dyn WatchedQueue>),
    /// `run_logs/`: journals in it count; logs are for pulses.
    RunLogs(Weak<dyn WatchedWorkspace>, String),
}
