//! Reads one task in full detail.

use std::sync::Arc;

use common::{Task, TaskName};

use super::TaskEntry;
use super::view::{self, Detail};
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::Result;

impl Engine {
    /// One task in full detail.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub fn get_task(&self, selector: &WorkspaceSelector, name: &TaskName) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let entry = fresh(&workspace, name)?;
        Ok(complete(&workspace, &entry))
    }

    /// Like [`get_task`](Self::get_task), with the values of secret variables.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub fn reveal_task(&self, selector: &WorkspaceSelector, name: &TaskName) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let entry = fresh(&workspace, name)?;
        let mut task = complete(&workspace, &entry);
        view::reveal(&mut task, &entry);
        Ok(task)
    }
}

/// A task in full detail, with the failure summaries of its runs.
fn complete(workspace: &Workspace, entry: &TaskEntry) -> Task {
    let mut task = workspace.view(entry, Detail::Full);
    workspace.failures.complete_runs(&entry.dir, &mut task);
    task
}

/// Reads the task from disk, so that a task just created by another process is found.
fn fresh(workspace: &Workspace, name: &TaskName) -> Result<Arc<TaskEntry>> {
    workspace.reload(name).ok_or_else(|| store::Error::task_not_found(name))
}
