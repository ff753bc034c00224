//! "Something in this folder changed": what a log follower waits for.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;

use super::target::{Watched, WatchedWorkspace};
use super::watcher::{Watcher, targets};
use store::task::TaskDir;

/// How long a wait lasts at most: the fallback where the file system reports nothing (NFS).
const POLL: Duration = Duration::from_millis(500);

/// A place to wait for changes in one folder. Dropping it ends the watching.
struct Pulse {
    watcher: Arc<Watcher>,
    path: PathBuf,
    /// Nothing where the folder cannot be watched; taken out before the watcher counts who is left.
    changes: Option<watch::Receiver<u64>>,
}

impl Pulse {
    /// Waits for changes in a folder, which is watched as `target` meanwhile. Where it cannot be watched the
    /// polling interval does the work.
    fn new(watcher: &Arc<Watcher>, path: PathBuf, target: Watched) -> Self {
        let changes = watcher.subscribe(&path, target);
        Self { watcher: watcher.clone(), path, changes }
    }

    /// Marks everything up to now as seen; call before looking at the files.
    fn seen(&mut self) {
        if let Some(changes) = &mut self.changes {
            changes.borrow_and_update();
        }
    }

    /// Waits for a change since [`Pulse::seen`], or for the polling interval. Cancel-safe.
    async fn changed(&mut self) {
        let Some(changes) = &mut self.changes else {
            return tokio::time::sleep(POLL).await;
        };
        match tokio::time::timeout(POLL, changes.changed()).await {
            Ok(Ok(())) | Err(_) => {}
            // The folder is watched no more: go on by polling.
            Ok(Err(_)) => tokio::time::sleep(POLL).await,
        }
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.changes = None;
        self.watcher.drop_pulse(&self.path);
    }
}

/// A place to wait for the logs of one task to grow, and for its first run.
pub(crate) struct TaskPulse {
    watcher: Arc<Watcher>,
    folder: Pulse,
    logs: Pulse,
    /// What the folder of the logs is, for the time when there is one.
    logs_target: Watched,
}

impl Watcher {
    /// Watches a task as if it were active, for as long as the pulse lives: a run that another process
    /// starts is seen at once.
    pub(crate) fn pulse_of_task(
        self: &Arc<Self>,
        dir: &TaskDir,
        workspace: &Weak<dyn WatchedWorkspace>,
    ) -> TaskPulse {
        let [task, logs] = targets(dir, workspace);
        TaskPulse::new((dir.path().to_owned(), task), (dir.run_logs(), logs), self)
    }
}

impl TaskPulse {
    fn new(
        (folder, folder_target): (PathBuf, Watched),
        (logs, logs_target): (PathBuf, Watched),
        watcher: &Arc<Watcher>,
    ) -> Self {
        let folder = Pulse::new(watcher, folder, folder_target);
        let logs = Pulse::new(watcher, logs, logs_target.clone());
        Self { watcher: watcher.clone(), folder, logs, logs_target }
    }

    /// Marks everything up to now as seen; call before looking at the files.
    pub(crate) fn seen(&mut self) {
        self.folder.seen();
        if self.logs.changes.is_none() {
            self.logs = Pulse::new(&self.watcher, self.logs.path.clone(), self.logs_target.clone());
        }
        self.logs.seen();
    }

    /// Waits for a change of the logs since [`TaskPulse::seen`], or for the polling interval. A change of
    /// the task itself is told by the bus. Cancel-safe.
    pub(crate) async fn changed(&mut self) {
        match self.logs.changes {
            Some(_) => self.logs.changed().await,
            // Their folder is made by the first run of a task that another program has created.
            None => self.folder.changed().await,
        }
    }
}
