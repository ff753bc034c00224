//! `POST /api/tasks/{name}/run`: putting a task into the queue.

use common::Task;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::task::{TaskInfo, Transition};
use store::{Result, clock};

impl Engine {
    /// Queues a task; one that is active already stays as it is.
    ///
    /// # Errors
    /// When there is no such task, or its file cannot be written.
    pub fn run_task(&self, pick: &Pick, name: &str) -> Result<Task> {
        let workspace = self.pick(pick)?;
        let queued_at_us = workspace.index.next_queued_us(clock::epoch_us());
        let (entry, ()) = workspace.update(name, |info| {
            enqueue(info, queued_at_us, None);
            Ok(())
        })?;
        self.wake(&workspace);
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// Queues a task, unless it is active. `fail_fast_us` is the id of a submission of which nothing more starts when
/// one of its tasks has failed.
pub(super) fn enqueue(info: &mut TaskInfo, queued_at_us: u64, fail_fast_us: Option<u64>) {
    // The only transition that is refused is that of an active task, which stays as it is.
    let _ = info.apply(Transition::Submit { queued_at_us, fail_fast_us });
}
