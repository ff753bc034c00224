//! `PATCH /api/tasks/{name}/options`.

use common::Task;
use common::task::OptionsRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use store::{Error, Result};

impl Engine {
    /// Replaces a task's options. They hold from its next run on; its place in the queue changes at once.
    ///
    /// # Errors
    /// Names the option that makes no sense; a conflict when the caller had seen others.
    pub fn set_options(&self, pick: &Pick, name: &str, request: &OptionsRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
        if let Err((field, reason)) = request.options.check() {
            return Err(Error::invalid(format!("options.{field}: {reason}.")));
        }
        if request.options.after.iter().any(|other| other == name) {
            return Err(Error::invalid("options.after: a task cannot wait for itself."));
        }
        let (entry, ()) = workspace.update(name, |info| {
            if request.expected_options.as_ref().is_some_and(|seen| *seen != info.options) {
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
