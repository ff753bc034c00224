//! Exports a run's curves for other programs.

use common::TaskName;
use metrics::{ExportFormat, RunExport};
use store::Result;

use super::source_of;
use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// Prepares the export of a run. `run` 0 is the newest run.
    ///
    /// # Errors
    /// If the run does not exist or its files cannot be read.
    pub fn export_run(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run: u32,
        format: ExportFormat,
    ) -> Result<RunExport> {
        let source = source_of(&*self.workspace_of(selector)?.find(name)?, run)?;
        RunExport::new(self.metric_store().clone(), source, format)
    }
}
