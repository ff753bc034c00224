//! Typing into the terminal of a task's run.

use common::TaskStatus;
use common::log::InputTaken;
use store::{Error, Result};

use crate::engine::{Engine, Pick};

impl Engine {
    /// Types into the terminal of a task's run.
    ///
    /// # Errors
    /// When the task does not run, or its run has no terminal.
    pub fn send_input(&self, pick: &Pick, name: &str, text: &str) -> Result<InputTaken> {
        let entry = self.pick(pick)?.find(name)?;
        if entry.brief.status != TaskStatus::Running {
            return Err(Error::invalid(format!("Task '{name}' is not running")));
        }
        logs::type_into(&entry.dir, entry.brief.run_index, text)
    }
}
