//! The rows and columns of the runs table, and their incremental refresh.

use common::TaskName;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::TaskStatus;
use common::runs::{Cell, Column, Fixed};

use super::row::{NewRow, duration_so_far, row_of_import, rows_of};
use crate::index::{Index, IndexQuery, Sorting};
use crate::task::TaskEntry;
use crate::tensorboard::EventFileStatistics;
use metrics::import::{ImportedRun, Imports};
use metrics::table::{ColumnValues, TableColumns};
use metrics::{MetricStore, Need, RunSource};
use store::parallel::in_parts;

/// Minimum number of changed tasks that are read in parallel.
const MANY: usize = 200;
/// Time after which imported runs are read again.
const IMPORTS_FRESH: Duration = Duration::from_secs(5);

/// The sources of the table.
#[derive(Clone, Copy)]
pub(crate) struct TableSources<'a> {
    /// The workspace's folder.
    pub(crate) root: &'a Path,
    pub(crate) index: &'a Index,
    pub(crate) imports: &'a Imports,
    pub(crate) event_statistics: &'a EventFileStatistics,
}

/// All rows and columns.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: TableColumns,
    /// By slot; slots of removed rows are reused.
    pub(super) rows: Vec<RowMeta>,
    free: Vec<usize>,
    tasks: HashMap<TaskName, TaskRows>,
    /// Slots in the order of the task list, imported runs last.
    pub(super) order: Vec<usize>,
    running: HashMap<usize, RunSource>,
    imports: Vec<usize>,
    imports_read_at: Option<Instant>,
    /// The revision of the index at the last refresh.
    revision: Option<u64>,
}

/// The source and the status of a row.
#[derive(Clone)]
pub(super) struct RowMeta {
    pub(super) of: RowSource,
    pub(super) run: u32,
    pub(super) is_newest: bool,
    pub(super) status: TaskStatus,
}

#[derive(Clone)]
pub(super) enum RowSource {
    Free,
    Task(Arc<TaskEntry>),
    Import(Arc<ImportedRun>),
}

struct TaskRows {
    entry: Arc<TaskEntry>,
    slots: Vec<usize>,
}

impl RowMeta {
    /// The task's name, or the imported run's.
    pub(super) fn task(&self) -> &str {
        match &self.of {
            RowSource::Free => "",
            RowSource::Task(entry) => entry.name().as_str(),
            RowSource::Import(run) => &run.task,
        }
    }
}

impl Table {
    /// Refreshes the rows. Returns whether any may have changed.
    pub(super) fn refresh(&mut self, sources: &TableSources<'_>) -> bool {
        // Read before the entries, so that concurrent changes are detected by the next refresh.
        let revision = sources.index.revision();
        let changed_by_events = sources.event_statistics.take_changed();
        let has_other_imports = self.refresh_imports(sources);
        if self.revision == Some(revision) && changed_by_events.is_empty() && !has_other_imports {
            return false;
        }
        self.revision = Some(revision);
        let entries = sources.index.find(&Sorting::default_order(), &IndexQuery::default()).entries;
        let is_known = |entry: &&Arc<TaskEntry>| {
            let known = self.tasks.get(entry.name());
            known.is_some_and(|known| Arc::ptr_eq(&known.entry, entry))
                && !changed_by_events.contains(entry.name())
        };
        let changed: Vec<Arc<TaskEntry>> =
            entries.iter().filter(|entry| !is_known(entry)).cloned().collect();
        let read = |part: Vec<Arc<TaskEntry>>| {
            part.into_iter()
                .map(|entry| (rows_of(&entry, sources.event_statistics), entry))
                .collect()
        };
        for (rows, entry) in in_parts(changed, MANY, read) {
            self.put(entry, rows);
        }
        if self.tasks.len() > entries.len() {
            let present: HashSet<&TaskName> = entries.iter().map(|entry| entry.name()).collect();
            let gone = self.tasks.keys().filter(|name| !present.contains(name)).cloned();
            for name in gone.collect::<Vec<_>>() {
                self.remove(&name);
            }
        }
        self.order.clear();
        for entry in &entries {
            if let Some(rows) = self.tasks.get(entry.name()) {
                // The newest run first.
                self.order.extend(rows.slots.iter().rev());
            }
        }
        self.order.extend(&self.imports);
        true
    }

    fn put(&mut self, entry: Arc<TaskEntry>, rows: Vec<NewRow>) {
        self.remove(entry.name());
        let slots =
            rows.into_iter().map(|row| self.add(RowSource::Task(entry.clone()), row)).collect();
        self.tasks.insert(entry.name().clone(), TaskRows { entry, slots });
    }

    fn add(&mut self, of: RowSource, row: NewRow) -> usize {
        let meta = RowMeta { of, run: row.run, is_newest: row.is_newest, status: row.status };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.rows[slot] = meta;
                slot
            }
            None => {
                self.rows.push(meta);
                self.rows.len() - 1
            }
        };
        for (column, cell) in row.cells {
            self.columns.set(slot, column, cell);
        }
        for (key, statistics) in row.metrics {
            self.columns.set_metric(slot, &key, statistics);
        }
        if let Some(source) = row.running {
            self.running.insert(slot, source);
        }
        slot
    }

    fn remove(&mut self, name: &TaskName) {
        let slots = self.tasks.remove(name).map(|rows| rows.slots).unwrap_or_default();
        slots.into_iter().for_each(|slot| self.free_slot(slot));
    }

    fn free_slot(&mut self, slot: usize) {
        self.columns.clear(slot);
        self.running.remove(&slot);
        self.rows[slot].of = RowSource::Free;
        self.free.push(slot);
    }

    /// Reads imported runs again if they are outdated. Returns whether rows of imported runs may have changed.
    fn refresh_imports(&mut self, sources: &TableSources<'_>) -> bool {
        if self.imports_read_at.is_some_and(|at| at.elapsed() < IMPORTS_FRESH)
            && !sources.imports.has_changed()
        {
            return false;
        }
        let had_some = !self.imports.is_empty();
        for slot in std::mem::take(&mut self.imports) {
            self.free_slot(slot);
        }
        for run in sources.imports.runs(sources.root) {
            let row = row_of_import(&run);
            let slot = self.add(RowSource::Import(run), row);
            self.imports.push(slot);
        }
        self.imports_read_at = Some(Instant::now());
        had_some || !self.imports.is_empty()
    }

    /// Reads the journals of running tasks. Returns the columns whose values have changed.
    pub(super) fn refresh_running(&mut self, store: &MetricStore) -> HashSet<ColumnValues> {
        let mut changed = HashSet::new();
        for (slot, source) in &self.running {
            let duration = Column::Fixed(Fixed::Duration);
            changed.extend(self.columns.set(*slot, duration, duration_so_far(source)));
            let Ok((statistics, record)) =
                store.with(source, Need::Journal, |data| (data.aggregates(), data.record.clone()))
            else {
                continue;
            };
            for (key, statistics) in statistics {
                changed.insert(self.columns.set_metric(*slot, &key, statistics));
            }
            for (key, value) in &record {
                let record = Column::Record(key.clone());
                changed.extend(self.columns.set(*slot, record, Cell::from(value)));
            }
        }
        changed
    }
}
