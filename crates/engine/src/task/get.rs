//! `GET /api/tasks/{name}`.

use std::sync::Arc;

use common::Task;

use super::TaskEntry;
use super::view::{self, Detail};
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use store::Result;

impl Engine {
    /// One task with everything.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub fn get_task(&self, pick: &Pick, name: &str) -> Result<Task> {
        let workspace = self.pick(pick)?;
        let entry = fresh(&workspace, name)?;
        Ok(complete(&workspace, &entry))
    }

    /// The same with the values of its secret variables.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub fn reveal_task(&self, pick: &Pick, name: &str) -> Result<Task> {
        let workspace = self.pick(pick)?;
        let entry = fresh(&workspace, name)?;
        let mut task = complete(&workspace, &entry);
        view::reveal(&mut task, &entry);
        Ok(task)
    }
}

/// All that is known of a task, with the failures of its runs.
fn complete(workspace: &Workspace, entry: &TaskEntry) -> Task {
    let mut task = workspace.view(entry, Detail::Full);
    workspace.failures.complete_runs(&entry.dir, &mut task);
    task
}

/// Looked up on disk, so that a task made by another program a moment ago is found.
fn fresh(workspace: &Workspace, name: &str) -> Result<Arc<TaskEntry>> {
    let entry = match common::TaskName::new(name) {
        Ok(name) => workspace.reload(name.as_str()),
        Err(_) => None,
    };
    entry.ok_or_else(|| store::Error::task_not_found(name))
}
