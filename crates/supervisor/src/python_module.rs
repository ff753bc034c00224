//! The `pyruns` package for the user's script, carried inside the binary.

use std::path::{Path, PathBuf};

use store::disk::{create_folders, write_atomic};
use store::{Error, Result};

// `FILES: &[(&str, &str)]` (path below the package, text) and `HASH: &str`, made by build.rs.
include!(concat!(env!("OUT_DIR"), "/python_module.rs"));

/// Puts the package into the project, where every host that sees the project sees it, and
/// returns the folder for `PYTHONPATH`. One `stat` when it is already there.
///
/// # Errors
/// What the system said, with the path.
pub(crate) fn install(pyruns_dir: &Path) -> Result<PathBuf> {
    let home = pyruns_dir.join(".python").join(HASH);
    let done = home.join(".complete");
    if done.exists() {
        return Ok(home);
    }
    for (name, text) in FILES {
        let path = home.join("pyruns").join(name);
        let dir = path.parent().unwrap_or(&home);
        create_folders(dir).map_err(Error::io("creating", dir))?;
        write_atomic(&path, text.as_bytes())?;
    }
    write_atomic(&done, b"")?;
    Ok(home)
}
