//! Searches a task's log.

use common::TaskName;
use common::log::SearchQuery;
use logs::ReadySearch;
use store::Result;

use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// Searches lines in one of a task's logs; see [`logs::search`].
    ///
    /// # Errors
    /// If the task or log does not exist, or the expression is invalid. Then no result was sent.
    pub fn search_log(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        query: &SearchQuery,
    ) -> Result<ReadySearch> {
        logs::search(self.workspace_of(selector)?.find(name)?.dir.clone(), query)
    }
}
