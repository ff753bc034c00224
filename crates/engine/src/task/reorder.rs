//! Sets the manual order of tasks.

use common::Task;
use common::task::ReorderRequest;

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use crate::task::requested_name;
use store::Result;

impl Engine {
    /// Sets the order of the tasks to that of the list, and their pins where the request has them.
    ///
    /// # Errors
    /// Names the first task that does not exist; then nothing is changed.
    pub fn reorder_tasks(
        &self,
        selector: &WorkspaceSelector,
        request: &ReorderRequest,
    ) -> Result<Vec<Task>> {
        let workspace = self.workspace_of(selector)?;
        let mut names = Vec::new();
        for item in &request.items {
            names.push(workspace.find(&requested_name(&item.name)?)?.name().clone());
        }
        let mut tasks = Vec::new();
        for ((index, item), name) in request.items.iter().enumerate().zip(&names) {
            let (entry, ()) = workspace.update(name, |info| {
                info.task_order = i64::try_from(index).ok();
                info.pinned = item.pinned.unwrap_or(info.pinned);
                Ok(())
            })?;
            tasks.push(workspace.view(&entry, Detail::Compact));
        }
        Ok(tasks)
    }
}
