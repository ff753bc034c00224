//! Checks whether the current user may run a project.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Access, access};
use rustix::process::geteuid;

use store::{Error, Result};
use supervisor::gpu;

/// Checks whether the user can write in a project. Write access is sufficient, because on some network file systems
/// all files belong to another user id.
///
/// # Errors
/// Names the owner if the user cannot write in the project.
pub(crate) fn check_owner(pyruns_dir: &Path) -> Result<()> {
    let Ok(meta) = fs::metadata(pyruns_dir) else { return Ok(()) };
    if meta.uid() == geteuid().as_raw() || access(pyruns_dir, Access::WRITE_OK).is_ok() {
        return Ok(());
    }
    let owner = gpu::user_name(meta.uid());
    Err(Error::invalid(format!(
        "{} belongs to {owner}, who alone starts tasks in it. If it is shared with you, `pyr list` shows its runs; \
         to change something, ask {owner} for the address of the server with its token.",
        pyruns_dir.display()
    )))
}
