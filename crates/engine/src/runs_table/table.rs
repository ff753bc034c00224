//! The rows of the table, and how they are brought up to date.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::TaskStatus;
use common::runs::{Cell, Column, Fixed};

use super::row::{Row, duration_so_far, row_of_import, rows_of};
use crate::index::{Index, Sorting, Wanted};
use crate::task::TaskEntry;
use crate::tensorboard::EventFigures;
use metrics::import::{ImportedRun, Imports};
use metrics::table::{ColumnValues, TableColumns};
use metrics::{MetricStore, Need, RunSource};
use store::parallel::in_parts;

/// From how many changed tasks on reading them is shared among the cores.
const MANY: usize = 200;
/// How long the figures of imported runs are believed.
const IMPORTS_FRESH: Duration = Duration::from_secs(5);

/// What the table is made of.
#[derive(Clone, Copy)]
pub(crate) struct TableSources<'a> {
    /// The workspace's folder.
    pub(crate) root: &'a Path,
    pub(crate) index: &'a Index,
    pub(crate) imports: &'a Imports,
    pub(crate) event_figures: &'a EventFigures,
}

/// All rows.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: TableColumns,
    /// By slot; slots of rows that are gone are used again.
    pub(super) rows: Vec<RowMeta>,
    free: Vec<usize>,
    tasks: HashMap<Box<str>, TaskRows>,
    /// Slots in the order of the list of tasks, imported runs last.
    pub(super) order: Vec<usize>,
    live: HashMap<usize, RunSource>,
    imports: Vec<usize>,
    imports_looked_at: Option<Instant>,
    /// The index as it was when the rows were made.
    seen: Option<u64>,
}

/// What a row is of.
#[derive(Clone)]
pub(super) struct RowMeta {
    pub(super) of: RowOf,
    pub(super) run: u32,
    pub(super) is_newest: bool,
    pub(super) status: TaskStatus,
}

#[derive(Clone)]
pub(super) enum RowOf {
    Nothing,
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
            RowOf::Nothing => "",
            RowOf::Task(entry) => entry.name(),
            RowOf::Import(run) => &run.task,
        }
    }
}

impl Table {
    /// Brings the rows up to date; whether any may have changed.
    pub(super) fn refresh(&mut self, sources: &TableSources<'_>) -> bool {
        // Before the entries are read: what changes meanwhile is seen the next time.
        let revision = sources.index.revision();
        let news = sources.event_figures.take_news();
        let has_other_imports = self.refresh_imports(sources);
        if self.seen == Some(revision) && news.is_empty() && !has_other_imports {
            return false;
        }
        self.seen = Some(revision);
        let entries = sources.index.find(&Sorting::usual(), &Wanted::default()).entries;
        let is_known = |entry: &&Arc<TaskEntry>| {
            let known = self.tasks.get(entry.name());
            known.is_some_and(|known| Arc::ptr_eq(&known.entry, entry))
                && !news.contains(entry.name())
        };
        let changed: Vec<Arc<TaskEntry>> =
            entries.iter().filter(|entry| !is_known(entry)).cloned().collect();
        let read = |part: Vec<Arc<TaskEntry>>| {
            part.into_iter().map(|entry| (rows_of(&entry, sources.event_figures), entry)).collect()
        };
        for (rows, entry) in in_parts(changed, MANY, read) {
            self.put(entry, rows);
        }
        if self.tasks.len() > entries.len() {
            let there: HashSet<&str> = entries.iter().map(|entry| entry.name()).collect();
            let gone = self.tasks.keys().filter(|name| !there.contains(&***name)).cloned();
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

    fn put(&mut self, entry: Arc<TaskEntry>, rows: Vec<Row>) {
        self.remove(entry.name());
        let slots = rows.into_iter().map(|row| self.add(RowOf::Task(entry.clone()), row)).collect();
        self.tasks.insert(entry.name().into(), TaskRows { entry, slots });
    }

    fn add(&mut self, of: RowOf, row: Row) -> usize {
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
        for (key, figures) in row.metrics {
            self.columns.set_metric(slot, &key, figures);
        }
        if let Some(source) = row.live {
            self.live.insert(slot, source);
        }
        slot
    }

    fn remove(&mut self, name: &str) {
        let slots = self.tasks.remove(name).map(|rows| rows.slots).unwrap_or_default();
        slots.into_iter().for_each(|slot| self.free_slot(slot));
    }

    fn free_slot(&mut self, slot: usize) {
        self.columns.clear(slot);
        self.live.remove(&slot);
        self.rows[slot].of = RowOf::Nothing;
        self.free.push(slot);
    }

    /// Whether imported runs are there or were; they are made anew now and then.
    fn refresh_imports(&mut self, sources: &TableSources<'_>) -> bool {
        if self.imports_looked_at.is_some_and(|at| at.elapsed() < IMPORTS_FRESH)
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
            let slot = self.add(RowOf::Import(run), row);
            self.imports.push(slot);
        }
        self.imports_looked_at = Some(Instant::now());
        had_some || !self.imports.is_empty()
    }

    /// Reads what going runs have reported since their task's file was written; which values changed.
    pub(super) fn refresh_live(&mut self, store: &MetricStore) -> HashSet<ColumnValues> {
        let mut changed = HashSet::new();
        for (slot, source) in &self.live {
            let duration = Column::Fixed(Fixed::Duration);
            changed.extend(self.columns.set(*slot, duration, duration_so_far(source)));
            let Ok((figures, record)) =
                store.with(source, Need::Journal, |data| (data.aggregates(), data.record.clone()))
            else {
                continue;
            };
            for (key, figures) in figures {
                changed.insert(self.columns.set_metric(*slot, &key, figures));
            }
            for (key, value) in &record {
                let record = Column::Record(key.clone());
                changed.extend(self.columns.set(*slot, record, Cell::from(value)));
            }
        }
        changed
    }
}
