//! Submissions that are being written. Their tasks are written concurrently and out of order, but must start in the
//! order of the submission.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The submissions of a workspace that are being written.
#[derive(Default)]
pub(crate) struct Submissions {
    /// The progress of each submission, by its id.
    open: Mutex<BTreeMap<u64, Progress>>,
}

/// Which tasks of a submission are written, by their index.
#[derive(Default)]
struct Progress {
    /// All tasks before this one are written.
    first_missing: u64,
    out_of_order: BTreeSet<u64>,
}

/// A submission that is being written; ends when it is dropped.
pub(crate) struct Submission<'a> {
    all: &'a Submissions,
    /// The `queued_at_us` of the first task. Each further task has the next number.
    first_us: u64,
}

impl Submissions {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Progress>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a submission whose tasks have `first_us` and the numbers after it.
    pub(crate) fn begin(&self, first_us: u64) -> Submission<'_> {
        self.open().insert(first_us, Progress::default());
        Submission { all: self, first_us }
    }

    /// Tasks that were queued at this time or later must wait, because an earlier one may not be written yet.
    pub(crate) fn barrier_us(&self) -> u64 {
        let open = self.open();
        open.iter()
            .map(|(first_us, progress)| first_us + progress.first_missing)
            .min()
            .unwrap_or(u64::MAX)
    }
}

impl Submission<'_> {
    /// Marks the task at an index, from 0, as written or failed.
    pub(crate) fn mark_written(&self, index: u64) {
        if let Some(progress) = self.all.open().get_mut(&self.first_us) {
            progress.out_of_order.insert(index);
            while progress.out_of_order.remove(&progress.first_missing) {
                progress.first_missing += 1;
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
        assert_eq!(all.barrier_us(), u64::MAX);
        let batch = all.begin(100);
        batch.mark_written(1);
        assert_eq!(all.barrier_us(), 100);
        batch.mark_written(0);
        assert_eq!(all.barrier_us(), 102);
        let later = all.begin(500);
        drop(batch);
        assert_eq!(all.barrier_us(), 500);
        drop(later);
        assert_eq!(all.barrier_us(), u64::MAX);
    }
}
