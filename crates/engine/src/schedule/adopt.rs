//! Adoption of runs that another process started: an earlier server, or pyruns itself.

use std::time::Instant;

use super::scheduler::{RECHECK_INTERVAL, State, Wake, key};
use crate::workspace::Project;
use store::disk::FileLock;

impl State {
    /// Waits for the end of every running task without a job of this scheduler, and of tasks whose end is not
    /// written yet. Each wait has its own thread.
    pub(super) fn adopt(&mut self, project: &Project) {
        let now = Instant::now();
        self.recheck_at.retain(|_, again| *again > now);
        for workspace in project.open_workspaces() {
            for entry in workspace.index.running().into_iter().chain(workspace.unfinalized()) {
                let key = key(&workspace, &entry);
                if self.supervised.contains_key(&key) || self.recheck_at.contains_key(&key) {
                    continue;
                }
                let lock = entry.dir.run_lock(entry.summary.run_index);
                if lock.exists() {
                    self.supervised.insert(key.clone(), None);
                    let wake = self.wake.clone();
                    std::thread::spawn(move || {
                        // The supervisor holds the lock until it ends. `ended` handles errors.
                        drop(FileLock::wait(&lock));
                        let _ = wake.send(Wake::Ended(key));
                    });
                } else {
                    if let Err(error) = supervisor::reconcile(&entry.dir) {
                        tracing::warn!(%error, task = %entry.name(), "could not finalize a run");
                    }
                    workspace.reload(entry.name());
                    self.recheck_at.insert(key, now + RECHECK_INTERVAL);
                }
            }
        }
    }
}
