//! Sort orders of a workspace's tasks, updated incrementally.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;

use common::{TaskStatus, natural};

use super::Sorting;
use super::cell::{Cell, cell};
use super::sorting::Column;
use crate::task::summary::{Moment, TaskSummary};
use crate::task::{QueueRank, TaskEntry};

/// All tasks in one sort order.
pub(super) struct Order {
    sorting: Sorting,
    rows: BTreeSet<SortedTask>,
}

/// A task with its sort key. Tasks with equal keys are sorted by name in natural order.
pub(super) struct SortedTask {
    key: Key,
    /// Copied from the entry, so that a filter by status does not dereference every entry.
    pub(super) status: TaskStatus,
    pub(super) entry: Arc<TaskEntry>,
}

enum Key {
    Default(DefaultKey),
    Value { cell: Cell, descending: bool },
}

/// The key of the default order. Fields are compared in this sequence.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct DefaultKey {
    unpinned: bool,
    /// The position that the user set manually.
    manual: i64,
    stage: Stage,
    /// Sorts running and ended tasks; the same for all queued ones.
    latest: Reverse<Moment>,
}

/// The section of the list that a task is in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    /// In queue order.
    Queued(QueueRank),
    /// Ended, or never started.
    Idle,
}

impl DefaultKey {
    fn of(summary: &TaskSummary) -> Self {
        let (stage, latest) = match summary.status {
            TaskStatus::Running => (Stage::Running, summary.activity),
            TaskStatus::Queued => (Stage::Queued(QueueRank::of(summary)), Moment::default()),
            _ => (Stage::Idle, summary.activity),
        };
        Self {
            unpinned: !summary.pinned,
            manual: summary.task_order.unwrap_or(i64::MAX),
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
        let rows = entries.map(|entry| SortedTask::new(&sorting, entry)).collect();
        Self { sorting, rows }
    }

    pub(super) fn sorting(&self) -> &Sorting {
        &self.sorting
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &SortedTask> {
        self.rows.iter()
    }

    pub(super) fn insert(&mut self, entry: &Arc<TaskEntry>) {
        self.rows.insert(SortedTask::new(&self.sorting, entry));
    }

    /// Removes an entry. It must be the one that was inserted, because it is found by its sort key.
    pub(super) fn remove(&mut self, entry: &Arc<TaskEntry>) {
        self.rows.remove(&SortedTask::new(&self.sorting, entry));
    }
}

impl SortedTask {
    fn new(sorting: &Sorting, entry: &Arc<TaskEntry>) -> Self {
        let key = match &sorting.column {
            Column::Default => Key::Default(DefaultKey::of(&entry.summary)),
            column => Key::Value { cell: cell(entry, column), descending: sorting.descending },
        };
        Self { key, status: entry.summary.status, entry: entry.clone() }
    }
}

impl Ord for SortedTask {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key
            .then_with(|| natural::compare(self.entry.name().as_str(), other.entry.name().as_str()))
    }
}

impl PartialOrd for SortedTask {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SortedTask {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for SortedTask {}

impl Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Default(a), Self::Default(b)) => a.cmp(b),
            (Self::Value { cell: a, descending }, Self::Value { cell: b, .. }) => {
                a.compare(b, *descending)
            }
            // Unreachable: an order has one kind of keys.
            (Self::Default(_), Self::Value { .. }) => Ordering::Less,
            (Self::Value { .. }, Self::Default(_)) => Ordering::Greater,
        }
    }
}
