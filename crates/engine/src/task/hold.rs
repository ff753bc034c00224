//! `POST /api/tasks/{name}/hold`: keeping a task from starting, and letting it go.

use common::Task;
use common::task::HoldRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::Result;

impl Engine {
    /// Holds, releases or toggles. What runs already goes on.
    ///
    /// # Errors
    /// When there is no such task, or its file cannot be written.
    pub fn hold_task(&self, pick: &Pick, name: &str, request: &HoldRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
        let (entry, ()) = workspace.update(name, |info| {
            info.options.held = request.held.unwrap_or(!info.options.held);
            Ok(())
        })?;
        self.wake(&workspace);
        Ok(workspace.view(&entry, Detail::Full))
    }
}
