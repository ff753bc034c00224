//! "Something in this folder changed": what a log follower waits for.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::Watcher;

/// How long a wait lasts at most: the fallback where the file system reports nothing (NFS).
const POLL: Duration = Duration::from_millis(500);

/// A place to wait for changes in one folder. Dropping it ends the watching.
pub(crate) struct Pulse {
    watcher: Arc<Watcher>,
    path: PathBuf,
    /// Taken out before the watcher counts who is left.
    changes: Option<watch::Receiver<u64>>,
}

impl Pulse {
    pub(super) fn new(watcher: Arc<Watcher>, path: PathBuf, changes: watch::Receiver<u64>) -> Self {
        Self { watcher, path, changes: Some(changes) }
    }

    /// Marks everything up to now as seen; call before looking at the files.
    pub(crate) fn seen(&mut self) {
        if let Some(changes) = &mut self.changes {
            changes.borrow_and_update();
        }
    }

    /// Waits for a change since [`Pulse::seen`], or for the polling interval. Cancel-safe.
    pub(crate) async fn changed(&mut self) {
        let Some(changes) = &mut self.changes else {
            return;
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
