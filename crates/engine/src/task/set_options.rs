//! Sets the run options of a task.

use common::task::OptionsRequest;
use common::{Task, TaskName};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::{Error, Result};

impl Engine {
    /// Replaces a task's options. They apply to its next run. Its position in the queue changes at once.
    ///
    /// # Errors
    /// Names the invalid option; a conflict if the options are not the ones that the client expects.
    pub fn set_options(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &OptionsRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        if let Err((field, reason)) = request.options.check() {
            return Err(Error::invalid(format!("options.{field}: {reason}.")));
        }
        if request.options.after.iter().any(|other| *name == **other) {
            return Err(Error::invalid("options.after: a task cannot wait for itself."));
        }
        let (entry, ()) = workspace.update(name, |info| {
            if request.expected_options.as_ref().is_some_and(|expected| *expected != info.options) {
                return Err(Error::Conflict(format!(
                    "The options of task '{name}' were changed elsewhere."
                )));
            }
            info.options.clone_from(&request.options);
            Ok(())
        })?;
        self.wake(&workspace);
        Ok(workspace.view(&entry, Detail::Full))
    }
}
