//! The sort key of queued tasks.

use std::cmp::{Ordering, Reverse};

use common::{TaskName, TaskStatus, natural};

use super::TaskEntry;
use super::summary::TaskSummary;

/// The rank of a queued task: by priority, then by submission time. Tasks with smaller ranks start first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct QueueRank {
    priority: Reverse<i32>,
    queued_at_us: u64,
}

impl QueueRank {
    pub(crate) fn of(summary: &TaskSummary) -> Self {
        Self {
            priority: Reverse(summary.priority),
            // A task that another program marked as queued has no submission time and sorts last.
            queued_at_us: summary.queued_at_us.unwrap_or(u64::MAX),
        }
    }
}

/// The position of a task in the queue: its rank, then its name in natural order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueuePosition {
    rank: QueueRank,
    pub(crate) name: TaskName,
}

impl QueuePosition {
    /// The position of a task; `None` if it is not queued.
    pub(crate) fn of(entry: &TaskEntry) -> Option<Self> {
        (entry.summary.status == TaskStatus::Queued)
            .then(|| Self { rank: QueueRank::of(&entry.summary), name: entry.name().clone() })
    }
}

impl Ord for QueuePosition {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| natural::compare(self.name.as_str(), other.name.as_str()))
    }
}

impl PartialOrd for QueuePosition {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
