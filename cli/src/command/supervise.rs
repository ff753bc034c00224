//! `pyr supervise TASK_DIR [--gpus 0,1]`: supervises one run, without an async runtime and log.

use std::path::Path;

use super::failure::Failure;

/// Executes the queued run of the task.
///
/// # Errors
/// If the task's files cannot be read or written.
pub(crate) fn supervise(task_dir: &Path, gpus: &[u32]) -> Result<(), Failure> {
    let task_dir = std::path::absolute(task_dir)?;
    Ok(engine::supervise(&task_dir, gpus)?)
}
