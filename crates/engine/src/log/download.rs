//! The log of a task as a file.

use logs::LogFile;
use store::Result;

use crate::engine::{Engine, Pick};

impl Engine {
    /// Where a log is.
    ///
    /// # Errors
    /// When there is no such task or log.
    pub fn log_file(
        &self,
        pick: &Pick,
        name: &str,
        run: Option<u32>,
        log_file_name: Option<&str>,
    ) -> Result<LogFile> {
        LogFile::of_task(&self.pick(pick)?.find(name)?.dir, run, log_file_name)
    }
}
