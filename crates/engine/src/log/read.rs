//! Reads a chunk of a task's log.

use common::TaskName;
use common::log::{LogChunk, LogQuery};
use store::Result;

use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// A chunk of one of a task's logs; see [`logs::read`].
    ///
    /// # Errors
    /// If the task or log does not exist.
    pub fn read_log(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        query: &LogQuery,
    ) -> Result<LogChunk> {
        logs::read(&self.workspace_of(selector)?.find(name)?.dir, query)
    }
}
