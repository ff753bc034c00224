//! Statistics of TensorBoard event files in task folders, for the runs table.
//!
//! Files are read in a background thread, so that requests do not wait for them. An unchanged file costs one stat
//! call. Only statistics are stored, not the points of curves.

use common::TaskName;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use common::metric::Aggregate;

use crate::task::TaskEntry;
use metrics::spans_of;
use metrics::tensorboard::EventFiles;
use metrics::tensorboard::of_task;
use store::Result;

/// Minimum pause between two scans of all tasks, and its minimum as a multiple of the duration of a scan.
const INTERVAL: Duration = Duration::from_secs(1);
const PAUSE_FACTOR: u32 = 50;
/// Maximum number of keys of a run.
const MAX_KEYS: usize = 10_000;

/// The statistics of the event files of a workspace.
#[derive(Default)]
pub(crate) struct EventFileStatistics {
    state: Mutex<State>,
    scanned: Condvar,
}

#[derive(Default)]
struct State {
    tasks: HashMap<TaskName, TaskRuns>,
    /// Tasks whose statistics have changed since the last [`take_changed`](EventFileStatistics::take_changed).
    changed_tasks: BTreeSet<TaskName>,
    is_scanning: [bool; 2],
    has_scanned: bool,
    /// Tasks that were running at the last scan. They are scanned once more after their end.
    running: Vec<TaskName>,
    next_scan: Option<Instant>,
}

/// The runs of a task with event files.
type TaskRuns = Vec<(u32, Arc<RunStatistics>)>;

/// The event files of a run and the statistics of their curves.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunStatistics {
    files: EventFiles,
    statistics: BTreeMap<String, Aggregate>,
}

/// The tasks that a scan reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScanScope {
    /// All tasks, for a request of the runs table.
    All,
    /// Running tasks, and those that were running at the last scan, for live charts.
    Running,
}

impl EventFileStatistics {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a scan is due. If true, the caller must call [`scan`](Self::scan).
    pub(crate) fn try_begin(&self, which: ScanScope) -> bool {
        let mut state = self.state();
        let is_due = which == ScanScope::Running
            || state.next_scan.is_none_or(|next| Instant::now() >= next);
        is_due && !std::mem::replace(&mut state.is_scanning[which as usize], true)
    }

    /// Stores the names of the running tasks. Returns those of the last call.
    pub(crate) fn replace_running(&self, now: &[Arc<TaskEntry>]) -> Vec<TaskName> {
        let names = now.iter().map(|entry| entry.name().clone()).collect();
        std::mem::replace(&mut self.state().running, names)
    }

    /// Scans the files of these tasks. `changed` is called with each run whose statistics have changed.
    pub(crate) fn scan(
        &self,
        which: ScanScope,
        entries: &[Arc<TaskEntry>],
        mut changed: impl FnMut(&TaskEntry, u32),
    ) {
        let began = Instant::now();
        let _done = ScanGuard(self, which);
        for entry in entries.iter().filter(|entry| entry.summary.run_index > 0) {
            for run_index in self.scan_task(entry) {
                changed(entry, run_index);
            }
        }
        let mut state = self.state();
        if which == ScanScope::All {
            let there: HashSet<&TaskName> = entries.iter().map(|entry| entry.name()).collect();
            state.tasks.retain(|name, _| there.contains(name));
            state.next_scan = Some(Instant::now() + INTERVAL.max(began.elapsed() * PAUSE_FACTOR));
        }
    }

    /// Waits for the end of the first scan of all tasks, until `until` at most.
    pub(crate) fn wait_for_first_scan(&self, until: Instant) {
        let state = self.state();
        let response_timeout = until.saturating_duration_since(Instant::now());
        let waited =
            self.scanned.wait_timeout_while(state, response_timeout, |state| !state.has_scanned);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// The tasks whose statistics have changed since the last call.
    pub(crate) fn take_changed(&self) -> BTreeSet<TaskName> {
        std::mem::take(&mut self.state().changed_tasks)
    }

    /// The statistics of a run.
    pub(crate) fn of(&self, task: &TaskName, run_index: u32) -> Option<Arc<RunStatistics>> {
        of_run(self.state().tasks.get(task)?, run_index).cloned()
    }

    /// Scans the files of a task. Returns the runs whose statistics have changed.
    fn scan_task(&self, entry: &TaskEntry) -> Vec<u32> {
        let known = self.state().tasks.get(entry.name()).cloned().unwrap_or_default();
        let files = of_task(&entry.dir, || spans_of(&entry.info.deserialize().runs));
        if files.is_empty() && known.is_empty() {
            return Vec::new();
        }
        let is_gone = |run: &u32| files.iter().all(|(other, _)| other != run);
        let mut changed: Vec<u32> = known.iter().map(|(run, _)| *run).filter(is_gone).collect();
        let mut runs = Vec::new();
        for (run_index, files) in files {
            let before = of_run(&known, run_index);
            let fresh = match before.filter(|of_run| of_run.files.is_current(&files)) {
                Some(same) => same.clone(),
                None => {
                    changed.push(run_index);
                    // An unreadable file has no statistics; the next scan tries again.
                    Arc::new(RunStatistics::read(before, &files).unwrap_or_default())
                }
            };
            runs.push((run_index, fresh));
        }
        if !changed.is_empty() {
            let mut state = self.state();
            state.tasks.insert(entry.name().clone(), runs);
            state.changed_tasks.insert(entry.name().clone());
        }
        changed
    }
}

/// Marks the scan as ended when it is dropped, and wakes waiting threads.
struct ScanGuard<'a>(&'a EventFileStatistics, ScanScope);

impl Drop for ScanGuard<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_scanning[self.1 as usize] = false;
        state.has_scanned |= self.1 == ScanScope::All;
        drop(state);
        self.0.scanned.notify_all();
    }
}

fn of_run(runs: &TaskRuns, run_index: u32) -> Option<&Arc<RunStatistics>> {
    runs.iter().find(|(of, _)| *of == run_index).map(|(_, of_run)| of_run)
}

impl RunStatistics {
    fn read(before: Option<&Arc<Self>>, files: &[PathBuf]) -> Result<Self> {
        let goes_on = before.filter(|of_run| of_run.files.can_continue(files));
        let mut of_run = goes_on.map(|of_run| (**of_run).clone()).unwrap_or_default();
        let Self { files: events, statistics } = &mut of_run;
        events.read_new(files, &mut |key, scalar| {
            if let Some(statistics) = statistics.get_mut(key) {
                statistics.push(scalar.value);
            } else if statistics.len() < MAX_KEYS {
                statistics.insert(key.to_owned(), Aggregate::of([scalar.value]));
            }
        })?;
        Ok(of_run)
    }

    /// The key and the statistics of each curve.
    pub(crate) fn statistics(&self) -> impl Iterator<Item = (&String, &Aggregate)> {
        self.statistics.iter()
    }
}
