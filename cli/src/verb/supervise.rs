//! `pyr supervise TASK_DIR [--gpus 0,1]`: one run, in a process of its own. No async runtime, no log of its own.

use std::path::Path;

use super::failure::Failure;

/// Executes the run that the folder's task is queued for.
///
/// # Errors
/// When the task's files cannot be read or written.
pub(crate) fn supervise(task_dir: &Path, gpus: &[u32]) -> Result<(), Failure> {
    let task_dir = std::path::absolute(task_dir)?;
    Ok(engine::supervise(&task_dir, gpus)?)
}
