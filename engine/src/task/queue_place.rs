//! Where a task stands in the queue.

use std::cmp::Reverse;

use common::TaskStatus;

use super::TaskEntry;

/// Smaller ones start first: by priority, then by submission, then by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct QueuePlace {
    priority: Reverse<i32>,
    queued_at_us: u64,
    pub(crate) name: String,
}

impl QueuePlace {
    /// The place of a queued task; nothing for any other.
    pub(crate) fn of(entry: &TaskEntry) -> Option<Self> {
        (entry.brief.status == TaskStatus::Queued).then(|| Self {
            priority: Reverse(entry.brief.priority),
            // A file that somebody else has marked queued says no time: it comes last.
            queued_at_us: entry.brief.queued_at_us.unwrap_or(u64::MAX),
            name: entry.dir.name(),
        })
    }
}
