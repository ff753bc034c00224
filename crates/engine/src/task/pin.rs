//! Pins and unpins tasks. Pinned tasks are listed first.

use common::task::PinRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::Result;

impl Engine {
    /// Pins or unpins a task, or toggles its pin.
    ///
    /// # Errors
    /// If the task does not exist or its file cannot be written.
    pub fn pin_task(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &PinRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let (entry, ()) = workspace.update(name, |info| {
            info.pinned = request.pinned.unwrap_or(!info.pinned);
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}
