//! Locks on files. The kernel drops them when their holder dies, however it dies.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{FlockOperation, OFlags, flock};

use super::Folder;
use crate::{Error, Result};

/// An exclusive lock; released when dropped.
#[derive(Debug)]
pub(crate) struct FileLock {
    file: File,
}

impl FileLock {
    /// Waits until the lock is ours.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system has no locks.
    pub(crate) fn wait(path: &Path) -> Result<Self> {
        let file = open(path)?;
        lock(&file, path)?;
        Ok(Self { file })
    }

    /// Waits until the lock of a file is ours that its writers replace as a whole. What is locked is
    /// the file that the path names when this returns; replacing it lets the next one in, so that has to
    /// be the last thing that is done under the lock.
    ///
    /// # Errors
    /// When there is no such file, it cannot be opened or the file system has no locks.
    pub(crate) fn wait_for_current(folder: &Folder, name: &str) -> Result<Self> {
        let path = folder.path().join(name);
        let tell = |error| Error::io("locking", &path)(error);
        loop {
            let file = open_existing(folder, name).map_err(tell)?;
            lock(&file, &path)?;
            let ours = file.metadata().map_err(tell)?;
            if (ours.dev(), ours.ino()) == folder.identity(name).map_err(tell)? {
                return Ok(Self { file });
            }
        }
    }

    /// Takes the lock if nobody holds it; `None` if somebody does.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system has no locks.
    pub(crate) fn attempt(path: &Path) -> Result<Option<Self>> {
        let file = open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { file })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(errno) => Err(Error::io("locking", path)(errno.into())),
        }
    }

    /// The locked file.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }
}

fn lock(file: &File, path: &Path) -> Result<()> {
    loop {
        match flock(file, FlockOperation::LockExclusive) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(Error::io("locking", path)(errno.into())),
        }
    }
}

/// For writing, which network file systems ask of an exclusive lock; a file that may not be written in
/// place can still be replaced.
fn open_existing(folder: &Folder, name: &str) -> std::io::Result<File> {
    match folder.open_file(name, OFlags::RDWR) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            folder.open_file(name, OFlags::RDONLY)
        }
        opened => opened,
    }
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(Error::io("opening the lock", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_held_lock_is_seen_and_a_dropped_one_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let held = FileLock::attempt(&path).unwrap();
        assert!(held.is_some());
        assert!(FileLock::attempt(&path).unwrap().is_none());
        drop(held);
        assert!(FileLock::attempt(&path).unwrap().is_some());
    }

    #[test]
    fn whoever_waited_for_a_file_that_was_replaced_gets_the_new_one() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, path) = (Folder::open(dir.path()).unwrap(), dir.path().join("info"));
        assert!(FileLock::wait_for_current(&folder, "info").is_err());
        fs::write(&path, "old").unwrap();
        let held = FileLock::wait_for_current(&folder, "info").unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| FileLock::wait_for_current(&folder, "info").unwrap());
            fs::write(dir.path().join("new"), "new").unwrap();
            fs::rename(dir.path().join("new"), &path).unwrap();
            drop(held);
            let next = waiting.join().unwrap();
            assert_eq!(std::io::read_to_string(next.file()).unwrap(), "new");
        });
    }
}
