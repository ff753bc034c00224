//! The rows of a workspace, kept sorted.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;

use common::TaskStatus;

use super::Sorting;
use super::cell::{Cell, cell};
use super::sorting::Column;
use crate::task::TaskEntry;
use crate::task::brief::Moment;

/// All tasks in one order.
pub(super) struct Order {
    sorting: Sorting,
    rows: BTreeSet<Row>,
}

/// A task at its place: what it is sorted by, then its name.
pub(super) struct Row {
    key: Key,
    /// Beside the key, so that a filter by status does not visit every entry.
    pub(super) status: TaskStatus,
    pub(super) entry: Arc<TaskEntry>,
}

enum Key {
    Usual { unpinned: bool, place: i64, idle: bool, latest: Reverse<Moment> },
    Value { cell: Cell, descending: bool },
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
            // Pinned first; then the manual order; then queued and running; then the newest.
            Column::Usual => Key::Usual {
                unpinned: !entry.brief.pinned,
                place: entry.brief.task_order.unwrap_or(i64::MAX),
                idle: !entry.brief.status.is_active(),
                latest: Reverse(entry.brief.activity),
            },
            column => Key::Value { cell: cell(entry, column), descending: sorting.descending },
        };
        Self { key, status: entry.brief.status, entry: entry.clone() }
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then_with(|| self.entry.name().cmp(other.entry.name()))
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
            (
                Self::Usual { unpinned, place, idle, latest },
                Self::Usual {
                    unpinned: b_unpinned,
                    place: b_place,
                    idle: b_idle,
                    latest: b_latest,
                },
            ) => (unpinned, place, idle, latest).cmp(&(b_unpinned, b_place, b_idle, b_latest)),
            (Self::Value { cell: a, descending }, Self::Value { cell: b, .. }) => {
                a.compare(b, *descending)
            }
            // One order holds one kind of keys.
            (Self::Usual { .. }, Self::Value { .. }) => Ordering::Less,
            (Self::Value { .. }, Self::Usual { .. }) => Ordering::Greater,
        }
    }
}
