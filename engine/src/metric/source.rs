//! Which run a request means.

use common::metric::RunRef;

use super::store::RunSource;
use crate::task::{Run, TaskEntry};
use crate::tensorboard::Span;
use crate::{Error, Result, clock};

/// The run of a task; `run` 0 is the newest.
///
/// # Errors
/// When the task has no such run.
pub(crate) fn source_of(entry: &TaskEntry, run: u32) -> Result<RunSource> {
    let newest = entry.brief.run_index;
    let run_index = if run == 0 { newest } else { run };
    if run_index == 0 || run_index > newest {
        let what = RunRef::new(entry.name(), run);
        return Err(Error::NotFound(format!("Run {} of task '{}' not found", what.run, what.task)));
    }
    Ok(of(entry, run_index, &entry.info.open().runs))
}

/// A run among all runs of its task.
pub(crate) fn of(entry: &TaskEntry, run_index: u32, runs: &[Run]) -> RunSource {
    let slot = usize::try_from(run_index).unwrap_or(usize::MAX).saturating_sub(1);
    let unknown = Run::default();
    let run = runs.get(slot).unwrap_or(&unknown);
    RunSource {
        dir: entry.dir.clone(),
        run_index,
        is_open: run.finish_time.is_empty(),
        folded: run.metrics.keys().cloned().collect(),
        tracks_stamp: entry.tracks_stamp,
        start_s: start_of(run),
        span: Span::new(start_of(run), runs.get(slot.saturating_add(1)).map(start_of)),
    }
}

/// When event files of runs 1, 2, … were begun.
pub(crate) fn spans_of(runs: &[Run]) -> Vec<Span> {
    let next = runs.iter().skip(1).map(|run| Some(start_of(run))).chain([None]);
    runs.iter().zip(next).map(|(run, next)| Span::new(start_of(run), next)).collect()
}

/// Seconds since 1970; 0 where it is not known.
fn start_of(run: &Run) -> f64 {
    clock::seconds_of(&run.started_at).unwrap_or(0.0)
}
