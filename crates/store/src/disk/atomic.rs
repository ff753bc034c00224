//! Whole-file writes that are seen entirely or not at all.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::Folder;
use crate::{Error, Result};

/// Replaces a file's content: seen entirely or not at all, and on the disk when this returns.
///
/// # Errors
/// What the system said, with the path that was to be written.
pub fn write_atomic(path: &Path, content: &[u8]) -> Result<()> {
    let replaced = parts(path).and_then(|(folder, name)| folder.replace(name, content));
    replaced.map(drop).map_err(Error::io("writing", path))
}

/// The same without waiting for the disk: for what may be missing after a loss of power.
///
/// # Errors
/// What the system said, with the path that was to be written.
pub fn write_unsynced(path: &Path, content: &[u8]) -> Result<()> {
    let replaced = parts(path).and_then(|(folder, name)| folder.replace_unsynced(name, content));
    replaced.map_err(Error::io("writing", path))
}

fn parts(path: &Path) -> io::Result<(Folder, &str)> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(ErrorKind::InvalidInput)?;
    Ok((Folder::open(path.parent().unwrap_or(path))?, name))
}

/// Makes the names in a folder durable: after creating or renaming entries of it.
///
/// # Errors
/// What the system said, with the folder.
pub fn sync_dir(path: &Path) -> Result<()> {
    File::open(path).and_then(|dir| dir.sync_all()).map_err(Error::io("syncing the folder", path))
}

/// Waits until everything that was written to the file system of a folder is on the disk: for many
/// files this takes one wait in place of one for each.
///
/// # Errors
/// What the system said, with the folder.
pub(crate) fn sync_file_system(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|dir| rustix::fs::syncfs(&dir).map_err(Into::into))
        .map_err(Error::io("syncing the file system of", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        write_atomic(&path, b"a long first text").unwrap();
        write_atomic(&path, b"short").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"short");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_names_the_file_and_keeps_the_old_content() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_atomic(&dir.path().join("gone/a.json"), b"x").unwrap_err();
        assert!(error.to_string().contains("gone/a.json"), "{error}");
    }
}
