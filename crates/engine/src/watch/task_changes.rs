//! Change signals of a task's folders, which log followers wait for.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;

use super::target::{Watched, WatchedWorkspace};
use super::watcher::{Watcher, targets};
use store::task::TaskDir;

/// Maximum duration of a wait: the polling interval for file systems without notifications (NFS).
const POLL: Duration = Duration::from_millis(500);

/// A subscription to changes in one folder, which ends when it is dropped.
struct FolderChanges {
    watcher: Arc<Watcher>,
    path: PathBuf,
    /// `None` if the folder cannot be watched. Dropped before the watcher counts the remaining receivers.
    changes: Option<watch::Receiver<u64>>,
}

impl FolderChanges {
    /// Watches a folder as `target`. If it cannot be watched, changes are found by polling.
    fn new(watcher: &Arc<Watcher>, path: PathBuf, target: Watched) -> Self {
        let changes = watcher.subscribe(&path, target);
        Self { watcher: watcher.clone(), path, changes }
    }

    /// Marks all changes so far as seen. Call it before reading the files.
    fn mark_seen(&mut self) {
        if let Some(changes) = &mut self.changes {
            changes.borrow_and_update();
        }
    }

    /// Waits for a change since [`FolderChanges::mark_seen`], or for the polling interval. Cancel-safe.
    async fn changed(&mut self) {
        let Some(changes) = &mut self.changes else {
            return tokio::time::sleep(POLL).await;
        };
        match tokio::time::timeout(POLL, changes.changed()).await {
            Ok(Ok(())) | Err(_) => {}
            // The folder is no longer watched; continue by polling.
            Ok(Err(_)) => tokio::time::sleep(POLL).await,
        }
    }
}

impl Drop for FolderChanges {
    fn drop(&mut self) {
        self.changes = None;
        self.watcher.unsubscribe(&self.path);
    }
}

/// A subscription to changes of a task's logs, including its first run.
pub(crate) struct TaskChanges {
    watcher: Arc<Watcher>,
    folder: FolderChanges,
    logs: FolderChanges,
    /// The watch target of the log folder, for when the folder is created.
    logs_target: Watched,
}

impl Watcher {
    /// Watches a task as if it were active until the result is dropped, so that a run started by another process is
    /// detected at once.
    pub(crate) fn changes_of_task(
        self: &Arc<Self>,
        dir: &TaskDir,
        workspace: &Weak<dyn WatchedWorkspace>,
    ) -> TaskChanges {
        let [task, logs] = targets(dir, workspace);
        TaskChanges::new((dir.path(), task), (dir.run_logs(), logs), self)
    }
}

impl TaskChanges {
    fn new(
        (folder, folder_target): (PathBuf, Watched),
        (logs, logs_target): (PathBuf, Watched),
        watcher: &Arc<Watcher>,
    ) -> Self {
        let folder = FolderChanges::new(watcher, folder, folder_target);
        let logs = FolderChanges::new(watcher, logs, logs_target.clone());
        Self { watcher: watcher.clone(), folder, logs, logs_target }
    }

    /// Marks all changes so far as seen. Call it before reading the files.
    pub(crate) fn mark_seen(&mut self) {
        self.folder.mark_seen();
        if self.logs.changes.is_none() {
            self.logs =
                FolderChanges::new(&self.watcher, self.logs.path.clone(), self.logs_target.clone());
        }
        self.logs.mark_seen();
    }

    /// Waits for a change of the logs since [`TaskChanges::mark_seen`], or for the polling interval. Changes of the
    /// task itself are published on the bus. Cancel-safe.
    pub(crate) async fn changed(&mut self) {
        match self.logs.changes {
            Some(_) => self.logs.changed().await,
            // The first run creates the log folder of a task that another program created.
            None => self.folder.changed().await,
        }
    }
}
