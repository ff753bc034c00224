//! Looking at every task: what no event told, and what a next start need not read.

use std::sync::atomic::Ordering;

use super::Workspace;
use crate::index::save;
use crate::task::TaskEntry;
use crate::tensorboard::Which;
use store::task::scan::{ScannedTask, scan};

/// Fewer changed entries than this are read from their files as quickly as from the cache.
const WORTH_SAVING: usize = 1_000;

impl Workspace {
    /// Finds what other programs added, changed or took away.
    pub(crate) fn sweep(&self) {
        let outdated = self.index.outdated(&scan(&self.tasks_dir()));
        for task in outdated.changed {
            self.look_again(&task);
        }
        for name in outdated.gone {
            self.reload(&name);
        }
        self.look_for_events(Which::Running);
        if self.unsaved.load(Ordering::Relaxed) >= WORTH_SAVING {
            self.unsaved.store(0, Ordering::Relaxed);
            if let Err(error) = save(&self.root, &self.index.all()) {
                tracing::debug!(%error, "the next start reads every task");
            }
        }
    }

    /// Reads a task anew when it is its config that has changed.
    fn look_again(&self, task: &ScannedTask) {
        if let Some(entry) = self.reload(&task.name)
            && entry.config_stamp != task.config
        {
            let _one = self.one_look();
            self.put(TaskEntry::load(entry.dir.clone()), true);
        }
    }
}
