//! What is asked of runs' curves; the work is done by the crate [`metrics`].

mod export_run;
mod outputs;
mod series;

use metrics::{RunSource, run_index_of};
use store::Result;

use crate::task::TaskEntry;

/// The run of a task; `run` 0 is the newest.
///
/// # Errors
/// When the task has no such run.
pub(crate) fn source_of(entry: &TaskEntry, run: u32) -> Result<RunSource> {
    let run_index = run_index_of(entry.name(), entry.brief.run_index, run)?;
    Ok(RunSource::new(&entry.dir, entry.tracks_stamp, run_index, &entry.info.open().runs))
}

/// All runs of a task, from the first.
pub(crate) fn sources_of(entry: &TaskEntry) -> Vec<RunSource> {
    let runs = entry.info.open().runs;
    let source = |(run_index, _)| RunSource::new(&entry.dir, entry.tracks_stamp, run_index, &runs);
    (1..).zip(&runs).map(source).collect()
}
