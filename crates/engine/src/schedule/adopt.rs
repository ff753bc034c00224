//! Runs that were started by somebody else: an earlier server, another process.

use std::time::Instant;

use super::scheduler::{LOOK_AGAIN, State, Wake, key};
use crate::workspace::Project;
use store::disk::FileLock;

impl State {
    /// Waits, in a thread each, for the end of every running task that nobody here waits for, and of those
    /// whose end is still to be written.
    pub(super) fn adopt(&mut self, project: &Project) {
        let now = Instant::now();
        self.unwatched.retain(|_, again| *again > now);
        for workspace in project.open_workspaces() {
            for entry in workspace.index.running().into_iter().chain(workspace.unsettled()) {
                let key = key(&workspace, &entry);
                if self.supervised.contains_key(&key) || self.unwatched.contains_key(&key) {
                    continue;
                }
                let lock = entry.dir.run_lock(entry.brief.run_index);
                if lock.exists() {
                    self.supervised.insert(key.clone(), None);
                    let wake = self.wake.clone();
                    std::thread::spawn(move || {
                        // Held as long as the supervisor lives; an error is looked at by `ended`.
                        drop(FileLock::wait(&lock));
                        let _ = wake.send(Wake::Ended(key));
                    });
                } else {
                    if let Err(error) = supervisor::reconcile(&entry.dir) {
                        tracing::warn!(%error, task = entry.name(), "could not settle a run");
                    }
                    workspace.reload(entry.name());
                    self.unwatched.insert(key, now + LOOK_AGAIN);
                }
            }
        }
    }
}
