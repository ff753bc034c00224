//! Curves of many runs, ready to be drawn.

use std::sync::Arc;

use common::metric::{RunRef, SeriesAnswer, SeriesRequest, TaskMetrics};
use metrics::{RequestedRun, RequestedSource};
use store::{Error, Result};

use super::{source_of, sources_of};
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;

impl Engine {
    /// The curves of many runs.
    ///
    /// # Errors
    /// When the filter is wrong, or the files of a run cannot be read. Runs that are not there are named
    /// in the answer.
    pub fn series(&self, pick: &Pick, request: &SeriesRequest) -> Result<SeriesAnswer> {
        let workspace = self.pick(pick)?;
        let runs = match request.runs.is_empty() {
            true => self.runs_of_filter(&workspace, &request.filter)?,
            false => request.runs.clone(),
        };
        let (mut asked, mut missing) = (Vec::new(), Vec::new());
        for run in runs {
            match self.asked(&workspace, &run) {
                Ok(found) => asked.push(found),
                Err(Error::NotFound(_)) => missing.push(run),
                Err(error) => return Err(error),
            }
        }
        let answer = metrics::series(self.metric_store(), asked, request)?;
        Ok(SeriesAnswer { missing, ..answer })
    }

    /// Every track of every run of a task, each with at most `max_points` points.
    ///
    /// # Errors
    /// When there is no such task, or its files cannot be read.
    pub fn metrics(&self, pick: &Pick, name: &str, max_points: u32) -> Result<TaskMetrics> {
        let entry = self.pick(pick)?.find(name)?;
        metrics::task_metrics(self.metric_store(), &entry.dir, sources_of(&entry), max_points)
    }

    fn asked(&self, workspace: &Arc<Workspace>, run: &RunRef) -> Result<RequestedRun> {
        let source = match run.imported() {
            Some(_) => RequestedSource::Imported(self.imported_run(workspace, run)?),
            None => {
                let entry = workspace.find(&run.task)?;
                RequestedSource::Task(Box::new(source_of(&entry, run.run)?))
            }
        };
        Ok(RequestedRun { task: run.task.clone(), source })
    }
}
