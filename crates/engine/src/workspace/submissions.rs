//! Batches that are being queued. Their tasks are written many at a time, in whatever order the disk
//! takes them, and are yet to start in the order in which they were submitted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The batches of a workspace that are on their way.
#[derive(Default)]
pub(crate) struct Submissions {
    /// Number of a submission → what of it is there.
    open: Mutex<BTreeMap<u64, Written>>,
}

/// Which tasks of a submission are written, by their place in it.
#[derive(Default)]
struct Written {
    /// All before this one.
    up_to: u64,
    beyond: BTreeSet<u64>,
}

/// A batch on its way; over when dropped.
pub(crate) struct Submission<'a> {
    all: &'a Submissions,
    /// The `queued_at_us` of its first task; each one after it has the next.
    first_us: u64,
}

impl Submissions {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Written>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a batch whose tasks get `first_us` and the numbers after it.
    pub(crate) fn begin(&self, first_us: u64) -> Submission<'_> {
        self.open().insert(first_us, Written::default());
        Submission { all: self, first_us }
    }

    /// Tasks that were queued at this time or later must wait: one before them may not be there yet.
    pub(crate) fn gate_us(&self) -> u64 {
        let open = self.open();
        open.iter().map(|(first_us, written)| first_us + written.up_to).min().unwrap_or(u64::MAX)
    }
}

impl Submission<'_> {
    /// The task at a place, from 0, is queued, or never will be.
    pub(crate) fn is_written(&self, place: u64) {
        if let Some(written) = self.all.open().get_mut(&self.first_us) {
            written.beyond.insert(place);
            while written.beyond.remove(&written.up_to) {
                written.up_to += 1;
            }
        }
    }
}

impl Drop for Submission<'_> {
    fn drop(&mut self) {
        self.all.open().remove(&self.first_us);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_opens_in_the_order_of_the_batch() {
        let all = Submissions::default();
        assert_eq!(all.gate_us(), u64::MAX);
        let batch = all.begin(100);
        batch.is_written(1);
        assert_eq!(all.gate_us(), 100);
        batch.is_written(0);
        assert_eq!(all.gate_us(), 102);
        let later = all.begin(500);
        drop(batch);
        assert_eq!(all.gate_us(), 500);
        drop(later);
        assert_eq!(all.gate_us(), u64::MAX);
    }
}
