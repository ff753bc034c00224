//! Commands on runs' curves, which the crate [`metrics`] implements.

mod export_run;
mod outputs;
mod series;

use metrics::{RunSource, run_index_of};
use store::Result;

use crate::task::TaskEntry;

/// The source of a run's curves. `run` 0 is the newest run.
///
/// # Errors
/// If the run does not exist.
pub(crate) fn source_of(entry: &TaskEntry, run: u32) -> Result<RunSource> {
    let run_index = run_index_of(entry.name().as_str(), entry.summary.run_index, run)?;
    Ok(RunSource::new(&entry.dir, entry.tracks_stamp, run_index, &entry.info.deserialize().runs))
}

/// The sources of all runs of a task, oldest first.
pub(crate) fn sources_of(entry: &TaskEntry) -> Vec<RunSource> {
    let runs = entry.info.deserialize().runs;
    let source = |(run_index, _)| RunSource::new(&entry.dir, entry.tracks_stamp, run_index, &runs);
    (1..).zip(&runs).map(source).collect()
}
