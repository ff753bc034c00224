//! A piece of a task's log.

use common::log::{LogChunk, LogQuery};
use store::Result;

use crate::engine::{Engine, Pick};

impl Engine {
    /// A piece of one of a task's logs; see [`logs::read`].
    ///
    /// # Errors
    /// When there is no such task or log.
    pub fn read_log(&self, pick: &Pick, name: &str, query: &LogQuery) -> Result<LogChunk> {
        logs::read(&self.pick(pick)?.find(name)?.dir, query)
    }
}
