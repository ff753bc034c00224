//! Some lines of a task's log.

use common::log::{LogWindow, WindowQuery};
use store::Result;

use crate::engine::{Engine, Pick};

impl Engine {
    /// Some lines of one of a task's logs; see [`logs::window`].
    ///
    /// # Errors
    /// When there is no such task or log.
    pub fn log_window(&self, pick: &Pick, name: &str, query: &WindowQuery) -> Result<LogWindow> {
        logs::window(self.line_indexes(), &self.pick(pick)?.find(name)?.dir, query)
    }
}
