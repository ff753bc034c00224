//! `POST /api/tasks/reorder`: the manual order.

use common::Task;
use common::task::ReorderRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::Result;

impl Engine {
    /// Gives the tasks the order of the list, and pins or unpins them where that is said.
    ///
    /// # Errors
    /// Names the first task that does not exist; nothing is changed then.
    pub fn reorder_tasks(&self, pick: &Pick, request: &ReorderRequest) -> Result<Vec<Task>> {
        let workspace = self.pick(pick)?;
        for item in &request.items {
            workspace.find(&item.name)?;
        }
        let mut tasks = Vec::new();
        for (place, item) in request.items.iter().enumerate() {
            let (entry, ()) = workspace.update(&item.name, |info| {
                info.task_order = i64::try_from(place).ok();
                info.pinned = item.pinned.unwrap_or(info.pinned);
                Ok(())
            })?;
            tasks.push(workspace.view(&entry, Detail::Compact));
        }
        Ok(tasks)
    }
}
