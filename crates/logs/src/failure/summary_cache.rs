//! Failure summaries of runs whose task file does not contain them: those of other programs and of
//! older versions.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use common::failure::FailureSummary;
use common::{Task, TaskStatus};

use super::cause::Cause;
use super::log_end;
use store::task::{Run, RunOutcome, TaskDir};

/// How many logs are read per response; further tasks get summaries without a log line.
const MAX_LOGS_READ: usize = 200;
/// In a longer log, lines are not counted.
const MAX_COUNTED_BYTES: u64 = 16 << 20;
/// How many summaries are cached.
const MAX_CACHED: usize = 10_000;

/// A cache of the summaries that were found by reading logs.
#[derive(Default)]
pub struct Failures {
    cached: Mutex<HashMap<(Box<str>, u32), CachedSummary>>,
}

struct CachedSummary {
    /// Identifies the run: nothing is written to its log after it has finished.
    finish_time: String,
    summary: FailureSummary,
}

impl Failures {
    /// Adds the cached summary of the newest run to a task, if it lacks one. Reads no file.
    pub fn complete_cached(&self, dir: &TaskDir, task: &mut Task) {
        self.complete_newest(dir, task, &mut 0);
    }

    /// Adds the summary of the newest run to each of these tasks that lacks one.
    pub fn complete<'a>(&self, tasks: impl Iterator<Item = (&'a TaskDir, &'a mut Task)>) {
        let mut reads_left = MAX_LOGS_READ;
        for (dir, task) in tasks {
            self.complete_newest(dir, task, &mut reads_left);
        }
    }

    /// Adds the missing summaries of all failed runs of a task.
    pub fn complete_runs(&self, dir: &TaskDir, task: &mut Task) {
        let mut reads_left = MAX_LOGS_READ;
        self.complete_newest(dir, task, &mut reads_left);
        for run_index in (1..task.run_index).rev() {
            if run_of(task, run_index).outcome.status() == TaskStatus::Failed {
                self.complete_run(dir, task, run_index, &mut reads_left);
            }
        }
    }

    fn complete_newest(&self, dir: &TaskDir, task: &mut Task, reads_left: &mut usize) {
        if task.status != TaskStatus::Failed {
            return;
        }
        if let Some(summary) = self.complete_run(dir, task, task.run_index, reads_left) {
            task.failure_summary = Some(summary);
        }
    }

    /// Returns the summary if it was missing and has been added.
    fn complete_run(
        &self,
        dir: &TaskDir,
        task: &mut Task,
        run_index: u32,
        reads_left: &mut usize,
    ) -> Option<FailureSummary> {
        let slot = slot(run_index)?;
        if task.failure_summaries.get(slot)?.is_some() {
            return None;
        }
        let summary = self.summary_of_run(dir, &run_of(task, run_index), run_index, reads_left)?;
        *task.failure_summaries.get_mut(slot)? = Some(summary.clone());
        Some(summary)
    }

    fn summary_of_run(
        &self,
        dir: &TaskDir,
        run: &Run,
        run_index: u32,
        reads_left: &mut usize,
    ) -> Option<FailureSummary> {
        let key = (dir.name().as_str().into(), run_index);
        let is_same = |cached: &&CachedSummary| cached.finish_time == run.finish_time;
        if let Some(cached) = self.cached().get(&key).filter(is_same) {
            return Some(cached.summary.clone());
        }
        *reads_left = reads_left.checked_sub(1)?;
        let end = log_end::read(dir, run_index, MAX_COUNTED_BYTES);
        let summary = Cause::of(run).summary(run_index, end.as_ref());
        let mut cached = self.cached();
        if cached.len() >= MAX_CACHED {
            cached.clear();
        }
        let finish_time = run.finish_time.clone();
        cached.insert(key, CachedSummary { finish_time, summary: summary.clone() });
        Some(summary)
    }

    fn cached(&self) -> MutexGuard<'_, HashMap<(Box<str>, u32), CachedSummary>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The summary of a failure without reading the log.
#[must_use]
pub fn without_log(run: &Run, run_index: u32) -> FailureSummary {
    Cause::of(run).summary(run_index, None)
}

/// Reconstructs the outcome of a run from a task of the API.
fn run_of(task: &Task, run_index: u32) -> Run {
    let slot = slot(run_index).unwrap_or(usize::MAX);
    Run {
        outcome: RunOutcome::from_columns(
            task.finish_times.get(slot).is_some_and(|time| !time.is_empty()),
            task.exit_codes.get(slot).copied().flatten(),
            task.reasons.get(slot).cloned().unwrap_or_default(),
            None,
        ),
        finish_time: task.finish_times.get(slot).cloned().unwrap_or_default(),
        ..Run::default()
    }
}

fn slot(run_index: u32) -> Option<usize> {
    usize::try_from(run_index.checked_sub(1)?).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn logs_of_older_runs_are_read_once_and_no_more_than_allowed() {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&temp.path().join("tasks/old")).unwrap();
        fs::create_dir_all(dir.run_logs()).unwrap();
        fs::write(dir.log(2), "[PYRUNS] Task old started at x\nValueError: 2\n").unwrap();
        let old = Task {
            name: "old".to_owned(),
            status: TaskStatus::Failed,
            run_index: 2,
            reasons: vec!["SIGSEGV".to_owned(), "exit code 1".to_owned()],
            exit_codes: vec![None, Some(1)],
            finish_times: vec!["a".to_owned(), "b".to_owned()],
            failure_summaries: vec![None, None],
            ..Task::default()
        };
        let failures = Failures::default();
        let mut task = old.clone();
        failures.complete_cached(&dir, &mut task);
        assert_eq!(task, old);

        failures.complete([(&dir, &mut task)].into_iter());
        let summary = task.failure_summary.clone().unwrap();
        assert_eq!((summary.text.as_str(), summary.line), ("ValueError: 2", Some(2)));
        assert_eq!(task.failure_summaries, [None, Some(summary.clone())]);

        fs::remove_file(dir.log(2)).unwrap();
        let mut task = old.clone();
        failures.complete_cached(&dir, &mut task);
        assert_eq!(task.failure_summary.as_ref(), Some(&summary));
        failures.complete_runs(&dir, &mut task);
        assert_eq!(task.failure_summaries[0].as_ref().unwrap().text, "killed by SIGSEGV");

        // A different run with the same index is not mistaken for it.
        let mut task = Task { finish_times: vec!["a".to_owned(), "c".to_owned()], ..old };
        failures.complete([(&dir, &mut task)].into_iter());
        assert_eq!(task.failure_summary.unwrap().text, "exit code 1");
    }
}
