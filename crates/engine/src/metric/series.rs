//! Reads the curves of many runs, downsampled for charts.

use common::TaskName;
use std::sync::Arc;

use common::metric::{RunRef, SeriesAnswer, SeriesRequest, TaskMetrics};
use metrics::{RequestedRun, RequestedSource};
use store::{Error, Result};

use super::{source_of, sources_of};
use crate::engine::{Engine, WorkspaceSelector};
use crate::task::requested_name;
use crate::workspace::Workspace;

impl Engine {
    /// The curves of many runs.
    ///
    /// # Errors
    /// If the filter is invalid or the files of a run cannot be read. Missing runs are listed in the response.
    pub fn series(
        &self,
        selector: &WorkspaceSelector,
        request: &SeriesRequest,
    ) -> Result<SeriesAnswer> {
        let workspace = self.workspace_of(selector)?;
        let runs = match request.runs.is_empty() {
            true => self.runs_of_filter(&workspace, &request.filter)?,
            false => request.runs.clone(),
        };
        let (mut requested, mut missing) = (Vec::new(), Vec::new());
        for run in runs {
            match self.resolve(&workspace, &run) {
                Ok(run) => requested.push(run),
                Err(Error::NotFound(_)) => missing.push(run),
                Err(error) => return Err(error),
            }
        }
        let response = metrics::series(self.metric_store(), requested, request)?;
        Ok(SeriesAnswer { missing, ..response })
    }

    /// Every curve of every run of a task, each with at most `max_points` points.
    ///
    /// # Errors
    /// If the task does not exist or its files cannot be read.
    pub fn metrics(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        max_points: u32,
    ) -> Result<TaskMetrics> {
        let entry = self.workspace_of(selector)?.find(name)?;
        metrics::task_metrics(self.metric_store(), &entry.dir, sources_of(&entry), max_points)
    }

    fn resolve(&self, workspace: &Arc<Workspace>, run: &RunRef) -> Result<RequestedRun> {
        let source = match run.imported() {
            Some(_) => RequestedSource::Imported(self.imported_run(workspace, run)?),
            None => {
                let entry = workspace.find(&requested_name(&run.task)?)?;
                RequestedSource::Task(Box::new(source_of(&entry, run.run)?))
            }
        };
        Ok(RequestedRun { task: run.task.clone(), source })
    }
}
