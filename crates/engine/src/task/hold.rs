//! Holds and releases tasks. A held task is not started.

use common::task::HoldRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::Result;

impl Engine {
    /// Holds or releases a task, or toggles its hold. A running task is not affected.
    ///
    /// # Errors
    /// If the task does not exist or its file cannot be written.
    pub fn hold_task(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &HoldRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let (entry, ()) = workspace.update(name, |info| {
            info.options.held = request.held.unwrap_or(!info.options.held);
            Ok(())
        })?;
        self.wake(&workspace);
        Ok(workspace.view(&entry, Detail::Full))
    }
}
