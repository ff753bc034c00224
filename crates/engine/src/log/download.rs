//! Finds a log file for download.

use common::TaskName;
use logs::LogFile;
use store::Result;

use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// The path and name of a log file.
    ///
    /// # Errors
    /// If the task or log does not exist.
    pub fn log_file(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run: Option<u32>,
        log_file_name: Option<&str>,
    ) -> Result<LogFile> {
        LogFile::of_task(&self.workspace_of(selector)?.find(name)?.dir, run, log_file_name)
    }
}
