//! The lines of a task's log that match.

use common::log::SearchQuery;
use logs::ReadySearch;
use store::Result;

use crate::engine::{Engine, Pick};

impl Engine {
    /// Looks for lines in one of a task's logs; see [`logs::search`].
    ///
    /// # Errors
    /// When there is no such task or log, or the expression is none. Nothing was handed over then.
    pub fn search_log(&self, pick: &Pick, name: &str, query: &SearchQuery) -> Result<ReadySearch> {
        logs::search(self.pick(pick)?.find(name)?.dir.clone(), query)
    }
}
