//! `PATCH /api/tasks/{name}/notes`.

use common::Task;
use common::task::NotesRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::{Error, Result};

impl Engine {
    /// Replaces a task's notes.
    ///
    /// # Errors
    /// A conflict when the caller had seen other notes than there are now.
    pub fn set_notes(&self, pick: &Pick, name: &str, request: &NotesRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
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
