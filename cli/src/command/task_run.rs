//! `TASK` or `TASK@RUN` on the command line.

use common::TaskName;
use common::selection::TaskSelector;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;

/// A task, and one of its runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TaskRun {
    pub(crate) task: TaskName,
    /// The run, from 1; `None` for the newest.
    pub(crate) run: Option<u32>,
}

impl TaskRun {
    /// Parses the argument. Only digits after the last `@` name a run.
    ///
    /// # Errors
    /// If no task can have this name, or the run is 0.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let is_run = |run: &str| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
        let (task, run) = match text.rsplit_once('@').filter(|(_, run)| is_run(run)) {
            Some((task, run)) => (task, Some(run)),
            None => (text, None),
        };
        let run = run.map(str::parse::<u32>).transpose();
        match run {
            Ok(run) if run != Some(0) => Ok(Self { task: engine::requested_name(task)?, run }),
            _ => Err(Failure::refused(format!("{text}: runs are numbered from 1"))),
        }
    }

    /// Like [`parse`](Self::parse), for a task that must exist; of a mistyped name, the error names the nearest.
    ///
    /// # Errors
    /// If the task does not exist.
    pub(crate) fn find(
        text: &str,
        engine: &Engine,
        workspace: &WorkspaceSelector,
    ) -> Result<Self, Failure> {
        let wanted = Self::parse(text)?;
        engine.select_tasks(workspace, &[TaskSelector::Name(wanted.task.clone())], "")?;
        Ok(wanted)
    }

    /// The file name of the run's log.
    pub(crate) fn log_file_name(&self) -> Option<String> {
        self.run.map(|run| format!("run{run}.log"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_after_the_last_at_are_a_run() {
        let parsed = |text: &str| {
            let TaskRun { task, run } = TaskRun::parse(text).unwrap();
            (task.to_string(), run)
        };
        assert_eq!(parsed("a"), ("a".to_owned(), None));
        assert_eq!(parsed("a@3"), ("a".to_owned(), Some(3)));
        assert_eq!(parsed("a@b"), ("a@b".to_owned(), None));
        assert!(TaskRun::parse("a@0").is_err());
        assert!(TaskRun::parse("../a@1").is_err());
        assert!(TaskRun::parse("a@99999999999").is_err());
    }
}
