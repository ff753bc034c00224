//! Where a task stands in the queue.

use std::cmp::{Ordering, Reverse};

use common::{TaskStatus, natural};

use super::TaskEntry;
use super::brief::Brief;

/// When a queued task's turn comes: by priority, then by submission. Smaller ones start first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Turn {
    priority: Reverse<i32>,
    queued_at_us: u64,
}

impl Turn {
    pub(crate) fn of(brief: &Brief) -> Self {
        Self {
            priority: Reverse(brief.priority),
            // A file that somebody else has marked queued says no time: it comes last.
            queued_at_us: brief.queued_at_us.unwrap_or(u64::MAX),
        }
    }
}

/// The place of one task in the queue: its turn, then its name in natural order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueuePlace {
    turn: Turn,
    pub(crate) name: String,
}

impl QueuePlace {
    /// The place of a queued task; nothing for any other.
    pub(crate) fn of(entry: &TaskEntry) -> Option<Self> {
        (entry.brief.status == TaskStatus::Queued)
            .then(|| Self { turn: Turn::of(&entry.brief), name: entry.dir.name() })
    }
}

impl Ord for QueuePlace {
    fn cmp(&self, other: &Self) -> Ordering {
        self.turn.cmp(&other.turn).then_with(|| natural::compare(&self.name, &other.name))
    }
}

impl PartialOrd for QueuePlace {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
