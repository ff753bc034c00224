//! Renames a task.

use std::io::ErrorKind;

use common::task::RenameRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::disk::{Folder, sync_dir};
use store::task::file;
use store::{Error, Result};

impl Engine {
    /// Renames an inactive task.
    ///
    /// # Errors
    /// If the task is active, the name is invalid, or a task of that name exists.
    pub fn rename_task(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &RenameRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let new_name = TaskName::new(&request.new_name)?;
        let dir = workspace.find(name)?.dir.clone();
        if new_name != *name {
            let target = workspace.task_dir(&new_name);
            let _lock = file::lock(&dir)?;
            if file::read(&dir)?.0.status().is_active() {
                return Err(Error::invalid(format!(
                    "Task '{name}' is active: cancel it or wait for its end before renaming it."
                )));
            }
            // The move never replaces a folder, so two concurrent renames cannot lose a task.
            let tasks = Folder::open(workspace.tasks_dir());
            tasks
                .and_then(|tasks| tasks.move_to(name.as_str(), &tasks, new_name.as_str()))
                .map_err(|error| match error.kind() {
                    ErrorKind::AlreadyExists => already_exists(&new_name),
                    _ => Error::io("renaming", &dir.path())(error),
                })?;
            sync_dir(workspace.tasks_dir())?;
            file::rename_inside(&target)?;
        }
        workspace.reload(name);
        let entry = workspace.reload(&new_name);
        let entry = entry.ok_or_else(|| Error::task_not_found(&new_name))?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// The error for a name that is in use.
pub(crate) fn already_exists(name: &TaskName) -> Error {
    Error::invalid(format!("Task '{name}' already exists."))
}
