//! The rows of a workspace, kept sorted.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;

use common::{TaskStatus, natural};

use super::Sorting;
use super::cell::{Cell, cell};
use super::sorting::Column;
use crate::task::brief::{Brief, Moment};
use crate::task::{TaskEntry, Turn};

/// All tasks in one order.
pub(super) struct Order {
    sorting: Sorting,
    rows: BTreeSet<Row>,
}

/// A task at its place: what it is sorted by, then its name in natural order.
pub(super) struct Row {
    key: Key,
    /// Beside the key, so that a filter by status does not visit every entry.
    pub(super) status: TaskStatus,
    pub(super) entry: Arc<TaskEntry>,
}

enum Key {
    Usual(Usual),
    Value { cell: Cell, descending: bool },
}

/// What the usual order compares, in this sequence.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Usual {
    unpinned: bool,
    /// The place that the user gave it by hand.
    manual: i64,
    stage: Stage,
    /// Orders running and ended tasks; the same for all queued ones.
    latest: Reverse<Moment>,
}

/// Which part of the list a task is in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    /// In the order in which the queue starts them.
    Queued(Turn),
    /// Ended, or never started.
    Idle,
}

impl Usual {
    fn of(brief: &Brief) -> Self {
        let (stage, latest) = match brief.status {
            TaskStatus::Running => (Stage::Running, brief.activity),
            TaskStatus::Queued => (Stage::Queued(Turn::of(brief)), Moment::default()),
            _ => (Stage::Idle, brief.activity),
        };
        Self {
            unpinned: !brief.pinned,
            manual: brief.task_order.unwrap_or(i64::MAX),
            stage,
            latest: Reverse(latest),
        }
    }
}

impl Order {
    pub(super) fn build<'a>(
        sorting: Sorting,
        entries: impl Iterator<Item = &'a Arc<TaskEntry>>,
    ) -> Self {
        let rows = entries.map(|entry| Row::new(&sorting, entry)).collect();
        Self { sorting, rows }
    }

    pub(super) fn sorting(&self) -> &Sorting {
        &self.sorting
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    pub(super) fn insert(&mut self, entry: &Arc<TaskEntry>) {
        self.rows.insert(Row::new(&self.sorting, entry));
    }

    /// The very entry that was inserted: its place is found by what it is sorted by.
    pub(super) fn remove(&mut self, entry: &Arc<TaskEntry>) {
        self.rows.remove(&Row::new(&self.sorting, entry));
    }
}

impl Row {
    fn new(sorting: &Sorting, entry: &Arc<TaskEntry>) -> Self {
        let key = match &sorting.column {
            Column::Usual => Key::Usual(Usual::of(&entry.brief)),
            column => Key::Value { cell: cell(entry, column), descending: sorting.descending },
        };
        Self { key, status: entry.brief.status, entry: entry.clone() }
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then_with(|| natural::compare(self.entry.name(), other.entry.name()))
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Row {}

impl Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Usual(a), Self::Usual(b)) => a.cmp(b),
            (Self::Value { cell: a, descending }, Self::Value { cell: b, .. }) => {
                a.compare(b, *descending)
            }
            // One order holds one kind of keys.
            (Self::Usual(_), Self::Value { .. }) => Ordering::Less,
            (Self::Value { .. }, Self::Usual(_)) => Ordering::Greater,
        }
    }
}
