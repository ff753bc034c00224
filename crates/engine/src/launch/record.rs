//! The record of job ids, `_pyruns_/.jobs-NAME.json`, for launchers whose jobs outlive the server.

use common::{TaskName, WorkspaceName};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use store::Result;
use store::disk::write_atomic;

use super::JobId;

/// The job id of each submitted task. Written before the next poll, so that a later server does not submit the
/// tasks again.
#[derive(Debug)]
pub(crate) struct JobRecord {
    path: PathBuf,
    jobs: BTreeMap<String, RecordedJob>,
}

/// The recorded job of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecordedJob {
    /// The submission of the task (`queued_at_us`) that it was submitted for.
    pub(crate) submission: Option<u64>,
    /// The launcher's id.
    pub(crate) id: JobId,
}

impl JobRecord {
    /// The record of a launcher in a project; empty if it is missing or unreadable.
    pub(crate) fn open(pyruns_dir: &Path, launcher: &str) -> Self {
        let path = pyruns_dir.join(format!(".jobs-{launcher}.json"));
        let text = fs::read(&path).unwrap_or_default();
        let jobs = serde_json::from_slice(&text).unwrap_or_default();
        Self { path, jobs }
    }

    /// The recorded jobs: workspace, task, job.
    pub(crate) fn jobs(&self) -> impl Iterator<Item = (WorkspaceName, TaskName, &RecordedJob)> {
        self.jobs.iter().filter_map(|(key, job)| {
            let (workspace, task) = key.split_once('/')?;
            let workspace = WorkspaceName::of_folder(workspace).ok()?;
            Some((workspace, TaskName::of_folder(task).ok()?, job))
        })
    }

    /// Writes the record if it has changed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn set(
        &mut self,
        jobs: impl Iterator<Item = ((WorkspaceName, TaskName), RecordedJob)>,
    ) -> Result<()> {
        let jobs =
            jobs.map(|((workspace, task), job)| (format!("{workspace}/{task}"), job)).collect();
        if self.jobs == jobs {
            return Ok(());
        }
        let text = serde_json::to_vec_pretty(&jobs).unwrap_or_default();
        self.jobs = jobs;
        write_atomic(&self.path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_jobs_are_found_by_the_next_server() {
        let folder = tempfile::tempdir().unwrap();
        let job = RecordedJob { submission: Some(7), id: JobId("12_3".into()) };
        let task = TaskName::new("a b-c").unwrap();
        let key = (WorkspaceName::of_folder("train").unwrap(), task.clone());
        let mut record = JobRecord::open(folder.path(), "slurm");
        record.set([(key, job.clone())].into_iter()).unwrap();
        let again = JobRecord::open(folder.path(), "slurm");
        assert_eq!(
            again.jobs().collect::<Vec<_>>(),
            [(WorkspaceName::of_folder("train").unwrap(), task, &job)]
        );
        assert_eq!(JobRecord::open(folder.path(), "other").jobs().count(), 0);
    }
}
