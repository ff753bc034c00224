//! A run's curves for other programs.

use metrics::{ExportFormat, RunExport};
use store::Result;

use super::source_of;
use crate::engine::{Engine, Pick};

impl Engine {
    /// Prepares the export of a run; `run` 0 is the newest.
    ///
    /// # Errors
    /// When there is no such run, or its files cannot be read.
    pub fn export_run(
        &self,
        pick: &Pick,
        name: &str,
        run: u32,
        format: ExportFormat,
    ) -> Result<RunExport> {
        let source = source_of(&*self.pick(pick)?.find(name)?, run)?;
        RunExport::new(self.metric_store().clone(), source, format)
    }
}
