//! Locates the curves of a run.

use common::metric::RunRef;

use super::metric_store::RunSource;
use crate::tensorboard::Span;
use store::disk::Stamp;
use store::task::{Run, TaskDir};
use store::{Error, Result, clock};

impl RunSource {
    /// The source of one run of a task. `tracks_stamp` is that of `tracks.sqlite3`.
    #[must_use]
    pub fn new(dir: &TaskDir, tracks_stamp: Option<Stamp>, run_index: u32, runs: &[Run]) -> Self {
        let slot = usize::try_from(run_index).unwrap_or(usize::MAX).saturating_sub(1);
        let unknown = Run::default();
        let run = runs.get(slot).unwrap_or(&unknown);
        Self {
            dir: dir.clone(),
            run_index,
            is_open: run.finish_time.is_empty(),
            folded: run.metrics.keys().cloned().collect(),
            tracks_stamp,
            start_s: start_of(run),
            span: Span::new(start_of(run), runs.get(slot.saturating_add(1)).map(start_of)),
        }
    }
}

/// The index of the requested run; `run` 0 is the newest.
///
/// # Errors
/// When the task has no such run.
pub fn run_index_of(task: &str, newest: u32, run: u32) -> Result<u32> {
    let run_index = if run == 0 { newest } else { run };
    if run_index == 0 || run_index > newest {
        let what = RunRef::new(task, run);
        return Err(Error::NotFound(format!("Run {} of task '{}' not found", what.run, what.task)));
    }
    Ok(run_index)
}

/// The time ranges in which the event files of runs 1, 2, … were created.
#[must_use]
pub fn spans_of(runs: &[Run]) -> Vec<Span> {
    let next = runs.iter().skip(1).map(|run| Some(start_of(run))).chain([None]);
    runs.iter().zip(next).map(|(run, next)| Span::new(start_of(run), next)).collect()
}

/// Seconds since 1970; 0 if unknown.
fn start_of(run: &Run) -> f64 {
    clock::seconds_of(&run.started_at).unwrap_or(0.0)
}
