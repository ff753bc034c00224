//! Sends input to the terminal of a task's run.

use common::TaskName;
use common::TaskStatus;
use common::log::InputTaken;
use store::{Error, Result};

use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// Sends input to the terminal of a task's run.
    ///
    /// # Errors
    /// If the task is not running, or its run has no terminal.
    pub fn send_input(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        text: &str,
    ) -> Result<InputTaken> {
        let entry = self.workspace_of(selector)?.find(name)?;
        if entry.summary.status != TaskStatus::Running {
            return Err(Error::invalid(format!("Task '{name}' is not running")));
        }
        logs::type_into(&entry.dir, entry.summary.run_index, text)
    }
}
