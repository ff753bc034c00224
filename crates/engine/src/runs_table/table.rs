//! The rows, brought up to date before every answer.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use common::TaskStatus;
use common::runs::{Cell, Column, Fixed};

use super::row::{Row, duration_so_far, row_of_import, rows_of};
use super::scope::Scopes;
use crate::index::{Sorting, Wanted};
use crate::task::TaskEntry;
use crate::tensorboard::Which;
use crate::workspace::Workspace;
use metrics::import::ImportedRun;
use metrics::table::Columns;
use metrics::{MetricStore, Need, RunSource};
use store::parallel::in_parts;

/// From how many changed tasks on reading them is shared among the cores.
const MANY: usize = 200;
/// How long the figures of imported runs are believed.
const IMPORTS_FRESH: Duration = Duration::from_secs(5);

/// The table of a workspace; empty until somebody asks.
#[derive(Default)]
pub(crate) struct RunsTable {
    held: Mutex<Table>,
}

/// All rows.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: Columns,
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
    pub(super) scopes: Scopes,
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

impl RunsTable {
    /// The table as of now.
    ///
    /// Of event files beside tasks there is what was read of them until now; for the first look at them it
    /// waits, no longer than `patience`.
    pub(super) fn look(
        &self,
        workspace: &Workspace,
        store: &MetricStore,
        patience: Duration,
    ) -> MutexGuard<'_, Table> {
        let until = Instant::now() + patience;
        workspace.look_for_events(Which::All);
        let mut table = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        table.refresh(workspace);
        // They are looked at meanwhile; now their tasks alone are read again, if there are any.
        workspace.event_figures.wait(until);
        table.refresh(workspace);
        table.refresh_live(store);
        table
    }
}

impl Table {
    fn refresh(&mut self, workspace: &Workspace) {
        // Before the entries are read: what changes meanwhile is seen the next time.
        let revision = workspace.index.revision();
        let news = workspace.event_figures.take_news();
        let has_other_imports = self.refresh_imports(workspace);
        if self.seen == Some(revision) && news.is_empty() && !has_other_imports {
            return;
        }
        self.seen = Some(revision);
        self.scopes.clear();
        let entries = workspace.index.find(&Sorting::usual(), &Wanted::default()).entries;
        let is_known = |entry: &&Arc<TaskEntry>| {
            let known = self.tasks.get(entry.name());
            known.is_some_and(|known| Arc::ptr_eq(&known.entry, entry))
                && !news.contains(entry.name())
        };
        let changed: Vec<Arc<TaskEntry>> =
            entries.iter().filter(|entry| !is_known(entry)).cloned().collect();
        let read = |part: Vec<Arc<TaskEntry>>| {
            part.into_iter()
                .map(|entry| (rows_of(&entry, &workspace.event_figures), entry))
                .collect()
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
    fn refresh_imports(&mut self, workspace: &Workspace) -> bool {
        if self.imports_looked_at.is_some_and(|at| at.elapsed() < IMPORTS_FRESH)
            && !workspace.imports.has_changed()
        {
            return false;
        }
        let had_some = !self.imports.is_empty();
        for slot in std::mem::take(&mut self.imports) {
            self.free_slot(slot);
        }
        for run in workspace.imports.runs(&workspace.root) {
            let row = row_of_import(&run);
            let slot = self.add(RowOf::Import(run), row);
            self.imports.push(slot);
        }
        self.imports_looked_at = Some(Instant::now());
        had_some || !self.imports.is_empty()
    }

    /// What going runs have reported since their task's file was written.
    fn refresh_live(&mut self, store: &MetricStore) {
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
        if !changed.is_empty() {
            self.scopes.forget(&changed);
        }
    }
}
