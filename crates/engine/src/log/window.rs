//! Reads a window of lines of a task's log.

use common::TaskName;
use common::log::{LogWindow, WindowQuery};
use store::Result;

use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// A window of lines of one of a task's logs; see [`logs::window`].
    ///
    /// # Errors
    /// If the task or log does not exist.
    pub fn log_window(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        query: &WindowQuery,
    ) -> Result<LogWindow> {
        logs::window(self.line_indexes(), &self.workspace_of(selector)?.find(name)?.dir, query)
    }
}
