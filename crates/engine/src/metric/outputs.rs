//! What runs leave beside their curves: images and files.

use std::path::PathBuf;

use common::metric::RunOutputs;
use store::Result;

use super::source_of;
use crate::engine::{Engine, Pick};

impl Engine {
    /// What a run reported with `image()` and `artifact()`, and the files in its folder. `run` 0 is the
    /// newest; a task that never ran has nothing.
    ///
    /// # Errors
    /// When there is no such run, or its files cannot be read.
    pub fn outputs(&self, pick: &Pick, name: &str, run: u32) -> Result<RunOutputs> {
        let entry = self.pick(pick)?.find(name)?;
        if run == 0 && entry.brief.run_index == 0 {
            return Ok(RunOutputs { task: name.to_owned(), ..RunOutputs::default() });
        }
        metrics::outputs(self.metric_store(), &source_of(&entry, run)?)
    }

    /// A file that a run left, by its path below the task's folder.
    ///
    /// # Errors
    /// When there is no such file, or it is none that runs leave.
    pub fn task_file(&self, pick: &Pick, name: &str, path: &str) -> Result<PathBuf> {
        let workspace = self.pick(pick)?;
        metrics::output_file(&workspace.find(name)?.dir, workspace.project_root(), path)
    }
}
