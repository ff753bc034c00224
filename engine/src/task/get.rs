//! `GET /api/tasks/{name}`.

use common::Task;

use super::view::Detail;
use crate::Result;
use crate::engine::{Engine, Pick};

impl Engine {
    /// One task with everything.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub fn get_task(&self, pick: &Pick, name: &str) -> Result<Task> {
        let workspace = self.pick(pick)?;
        // Looked up on disk, so that a task made by another program a moment ago is found.
        let entry = match common::TaskName::new(name) {
            Ok(name) => workspace.reload(name.as_str()),
            Err(_) => None,
        };
        let entry = entry.ok_or_else(|| crate::Error::task_not_found(name))?;
        let mut task = workspace.view(&entry, Detail::Full);
        workspace.failures.complete_runs(&entry.dir, &mut task);
        Ok(task)
    }
}
