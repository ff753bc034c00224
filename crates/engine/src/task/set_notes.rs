//! Sets the notes of a task.

use common::task::NotesRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::{Error, Result};

impl Engine {
    /// Replaces a task's notes.
    ///
    /// # Errors
    /// A conflict if the notes are not the ones that the client expects.
    pub fn set_notes(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &NotesRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let (entry, ()) = workspace.update(name, |info| {
            if request.expected_notes.as_ref().is_some_and(|expected| *expected != info.notes) {
                return Err(Error::Conflict(format!(
                    "The notes of task '{name}' were changed elsewhere."
                )));
            }
            info.notes.clone_from(&request.notes);
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}
