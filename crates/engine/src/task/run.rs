//! Queues a task.

use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::task::{TaskInfo, Transition};
use store::{Result, clock};

impl Engine {
    /// Queues a task. An active task is not changed.
    ///
    /// # Errors
    /// If the task does not exist or its file cannot be written.
    pub fn run_task(&self, selector: &WorkspaceSelector, name: &TaskName) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let queued_at_us = workspace.index.next_queued_us(clock::epoch_us());
        let (entry, ()) = workspace.update(name, |info| {
            enqueue(info, queued_at_us, None);
            Ok(())
        })?;
        self.wake(&workspace);
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// Queues a task unless it is active. `fail_fast_us` is the id of a submission whose remaining tasks are
/// cancelled when one of its tasks fails.
pub(super) fn enqueue(info: &mut TaskInfo, queued_at_us: u64, fail_fast_us: Option<u64>) {
    // The transition fails only for active tasks, which are not changed.
    let _ = info.apply(Transition::Submit { queued_at_us, fail_fast_us });
}
