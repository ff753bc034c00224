//! Atomic writes: a reader sees the old content or the new one, never a part.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::Folder;
use crate::{Error, Result};

/// Replaces a file's content atomically; the content is synced to disk when this returns.
///
/// # Errors
/// The I/O error, with the path of the file.
pub fn write_atomic(path: &Path, content: &[u8]) -> Result<()> {
    let replaced = parts(path).and_then(|(folder, name)| folder.replace(name, content));
    replaced.map(drop).map_err(Error::io("writing", path))
}

/// Like [`write_atomic`], but without syncing: for content that may be lost in a power failure.
///
/// # Errors
/// The I/O error, with the path of the file.
pub fn write_unsynced(path: &Path, content: &[u8]) -> Result<()> {
    let replaced = parts(path).and_then(|(folder, name)| folder.replace_unsynced(name, content));
    replaced.map_err(Error::io("writing", path))
}

fn parts(path: &Path) -> io::Result<(Folder, &str)> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(ErrorKind::InvalidInput)?;
    Ok((Folder::open(path.parent().unwrap_or(path))?, name))
}

/// Syncs a folder, after entries of it were created or renamed.
///
/// # Errors
/// The I/O error, with the folder.
pub fn sync_dir(path: &Path) -> Result<()> {
    File::open(path).and_then(|dir| dir.sync_all()).map_err(Error::io("syncing the folder", path))
}

/// Syncs the file system of a folder: for many files this is one sync in place of one per file.
///
/// # Errors
/// The I/O error, with the folder.
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
    fn a_write_replaces_the_whole_file_and_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        write_atomic(&path, b"a long first text").unwrap();
        write_atomic(&path, b"short").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"short");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_names_the_file_and_preserves_the_old_content() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_atomic(&dir.path().join("gone/a.json"), b"x").unwrap_err();
        assert!(error.to_string().contains("gone/a.json"), "{error}");
    }
}
