//! Whole-file writes that are seen entirely or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Stamp;
use crate::{Error, Result};

static NEXT_TEMP: AtomicU64 = AtomicU64::new(0);

/// Replaces a file's content: temporary file beside it, fsync, rename.
///
/// If the process dies before the rename the old content stands; the stray
/// temporary file starts with a dot and is never read.
///
/// # Errors
/// What the system said, with the path that was to be written.
pub(crate) fn write_atomic(path: &Path, content: &[u8]) -> Result<()> {
    write_stamped(path, content).map(|_| ())
}

/// The same, answering the stamp of what was written, whoever replaced it since.
///
/// # Errors
/// What the system said, with the path that was to be written.
pub(crate) fn write_stamped(path: &Path, content: &[u8]) -> Result<Stamp> {
    replace(path, |temp| write_synced(temp, content))
}

/// The same without waiting for the disk: for what may be missing after a loss of power.
///
/// # Errors
/// What the system said, with the path that was to be written.
pub(crate) fn write_unsynced(path: &Path, content: &[u8]) -> Result<()> {
    replace(path, |temp| fs::write(temp, content))
}

fn replace<T>(path: &Path, write: impl FnOnce(&Path) -> std::io::Result<T>) -> Result<T> {
    let unique = NEXT_TEMP.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temp = path.with_file_name(format!(".{name}.{}-{unique}.tmp", std::process::id()));
    let written = write(&temp).and_then(|written| fs::rename(&temp, path).map(|()| written));
    if written.is_err() {
        // Best effort: the error that matters is the one that is returned.
        let _ = fs::remove_file(&temp);
    }
    written.map_err(Error::io("writing", path))
}

fn write_synced(path: &Path, content: &[u8]) -> std::io::Result<Stamp> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_data()?;
    Ok(Stamp::from_metadata(&file.metadata()?))
}

/// Makes the names in a folder durable: after creating or renaming entries of it.
///
/// # Errors
/// What the system said, with the folder.
pub(crate) fn sync_dir(path: &Path) -> Result<()> {
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
