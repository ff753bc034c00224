//! Which run a request means.

use common::metric::RunRef;

use super::store::RunSource;
use crate::task::{Run, TaskEntry};
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
    let slot = usize::try_from(run_index).unwrap_or(usize::MAX) - 1;
    let info = entry.info.open();
    let run = info.runs.get(slot);
    Ok(run.map_or_else(|| of(entry, run_index, &Run::default()), |run| of(entry, run_index, run)))
}

/// A run of which its slot is known.
pub(crate) fn of(entry: &TaskEntry, run_index: u32, run: &Run) -> RunSource {
    RunSource {
        dir: entry.dir.clone(),
        run_index,
        is_open: run.finish_time.is_empty(),
        folded: run.metrics.keys().cloned().collect(),
        start_s: clock::seconds_of(&run.started_at).unwrap_or(0.0),
    }
}
