//! Whose project it is.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Access, access};
use rustix::process::geteuid;

use store::{Error, Result};
use supervisor::gpu;

/// Looks whether this user can work in a project. Whether it may be written decides, not the owner's number
/// alone: on some network disks everything belongs to somebody else.
///
/// # Errors
/// Names the owner of a project that another user cannot write in.
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
