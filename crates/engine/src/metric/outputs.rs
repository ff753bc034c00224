//! Lists and reads the outputs of runs: images and files.

use common::TaskName;
use std::path::PathBuf;

use common::metric::RunOutputs;
use store::Result;

use super::source_of;
use crate::engine::{Engine, WorkspaceSelector};

impl Engine {
    /// The outputs that a run logged with `image()` and `artifact()`, and the files in its folder. `run` 0 is the
    /// newest run; empty for a task without runs.
    ///
    /// # Errors
    /// If the run does not exist or its files cannot be read.
    pub fn outputs(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run: u32,
    ) -> Result<RunOutputs> {
        let entry = self.workspace_of(selector)?.find(name)?;
        if run == 0 && entry.summary.run_index == 0 {
            return Ok(RunOutputs { task: name.to_string(), ..RunOutputs::default() });
        }
        metrics::outputs(self.metric_store(), &source_of(&entry, run)?)
    }

    /// An output file of a run, by its path relative to the task's folder.
    ///
    /// # Errors
    /// If the file does not exist or is not an output.
    pub fn task_file(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        path: &str,
    ) -> Result<PathBuf> {
        let workspace = self.workspace_of(selector)?;
        metrics::output_file(&workspace.find(name)?.dir, workspace.project_root(), path)
    }
}
