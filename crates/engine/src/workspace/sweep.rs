//! Sweeps: scans all tasks for changes without file system events, and saves the index cache.

use std::sync::atomic::Ordering;

use super::Workspace;
use crate::index::save;
use crate::task::TaskEntry;
use crate::tensorboard::ScanScope;
use store::task::scan::{ScannedTask, scan};

/// Minimum number of changed entries for which the cache is saved.
const MIN_UNSAVED: usize = 1_000;

impl Workspace {
    /// Detects tasks that other programs added, changed or removed.
    pub(crate) fn sweep(&self) {
        let stale = self.index.stale_tasks(&scan(self.tasks_dir()));
        for task in stale.changed {
            self.refresh_task(&task);
        }
        for name in stale.removed {
            self.reload(&name);
        }
        self.scan_event_files(ScanScope::Running);
        if self.unsaved.load(Ordering::Relaxed) >= MIN_UNSAVED {
            self.unsaved.store(0, Ordering::Relaxed);
            if let Err(error) = save(&self.root, &self.index.all()) {
                tracing::debug!(%error, "the next start reads every task");
            }
        }
    }

    /// Reads a task again. If only its config has changed, all of its files are read.
    fn refresh_task(&self, task: &ScannedTask) {
        if let Some(entry) = self.reload(&task.name)
            && entry.config_stamp != task.config
        {
            let _lock = self.lock_refresh();
            self.store_entry(TaskEntry::load(entry.dir.clone()), true);
        }
    }
}
