//! Scans the TensorBoard event files of a workspace's tasks in a background thread.

use common::TaskName;
use std::sync::Arc;

use common::TaskStatus;
use common::live::Change;

use super::Workspace;
use crate::index::{IndexQuery, Sorting};
use crate::task::TaskEntry;
use crate::tensorboard::ScanScope;

/// Maximum number of changed runs per scan that are published. After the first event, clients read all runs again.
const MAX_ANNOUNCED: usize = 100;

impl Workspace {
    /// Starts a thread that scans the event files if a scan is due.
    pub(crate) fn scan_event_files(&self, which: ScanScope) {
        let try_begin = || self.event_statistics.try_begin(which);
        let entries = match which {
            ScanScope::All if try_begin() => self.tasks_in(None),
            ScanScope::Running => {
                let mut running = self.tasks_in(Some(TaskStatus::Running));
                let before = self.event_statistics.replace_running(&running);
                let is_running = |name: &TaskName| running.iter().any(|entry| entry.name() == name);
                let ended: Vec<_> = before.iter().filter(|name| !is_running(name)).collect();
                running.extend(ended.iter().filter_map(|name| self.index.get(name)));
                if running.is_empty() || !try_begin() {
                    return;
                }
                running
            }
            ScanScope::All => return,
        };
        let weak = self.weak_self.clone();
        // The thread ends after the scan.
        std::thread::spawn(move || {
            if let Some(workspace) = weak.upgrade() {
                workspace.read_event_files(which, &entries);
            }
        });
    }

    fn read_event_files(&self, which: ScanScope, entries: &[Arc<TaskEntry>]) {
        let mut announced = 0;
        self.event_statistics.scan(which, entries, |entry, run_index| {
            announced += 1;
            if announced <= MAX_ANNOUNCED {
                self.bus.publish(Change::MetricsChanged {
                    workspace: self.name().to_string(),
                    name: entry.name().to_string(),
                    run_index,
                    cursor: 0,
                    delta: None,
                    progress: None,
                });
            }
        });
    }

    fn tasks_in(&self, status: Option<TaskStatus>) -> Vec<Arc<TaskEntry>> {
        self.index
            .find(&Sorting::default_order(), &IndexQuery { status, ..IndexQuery::default() })
            .entries
    }
}
