//! Event files of TensorBoard that scripts write beside their tasks.

use std::sync::Arc;

use common::TaskStatus;
use common::live::Change;

use super::Workspace;
use crate::index::{Sorting, Wanted};
use crate::task::TaskEntry;
use crate::tensorboard::Which;

/// Of more runs than these not each one is announced: whoever shows many reads them all anew after the first.
const MAX_ANNOUNCED: usize = 100;

impl Workspace {
    /// Has a thread look at the event files, where it is time for it.
    pub(crate) fn look_for_events(&self, which: Which) {
        let is_due = || self.event_figures.is_due(which);
        let entries = match which {
            Which::All if is_due() => self.tasks_in(None),
            Which::Running => {
                let mut running = self.tasks_in(Some(TaskStatus::Running));
                let before = self.event_figures.ran_before(&running);
                let is_there = |name: &str| running.iter().any(|entry| entry.name() == name);
                let ended: Vec<_> = before.iter().filter(|name| !is_there(name)).collect();
                running.extend(ended.iter().filter_map(|name| self.index.get(name)));
                if running.is_empty() || !is_due() {
                    return;
                }
                running
            }
            Which::All => return,
        };
        let me = self.me.clone();
        // Ends with the look.
        std::thread::spawn(move || {
            if let Some(workspace) = me.upgrade() {
                workspace.look_at_events(which, &entries);
            }
        });
    }

    fn look_at_events(&self, which: Which, entries: &[Arc<TaskEntry>]) {
        let mut announced = 0;
        self.event_figures.look(which, entries, |entry, run_index| {
            announced += 1;
            if announced <= MAX_ANNOUNCED {
                self.bus.publish(Change::MetricsChanged {
                    workspace: self.name(),
                    name: entry.name().to_owned(),
                    run_index,
                    cursor: 0,
                    delta: None,
                    progress: None,
                });
            }
        });
    }

    fn tasks_in(&self, status: Option<TaskStatus>) -> Vec<Arc<TaskEntry>> {
        self.index.find(&Sorting::usual(), &Wanted { status, ..Wanted::default() }).entries
    }
}
