//! Exclusive file locks (`flock`). The kernel releases a lock when the process that holds it ends,
//! for any reason.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags, flock, fstat};

use super::readers::{open_lock, restrict_to};
use super::{Folder, Readers};
use crate::{Error, Result};

/// In a shared folder, this file is locked on behalf of the others: see
/// [`FileLock::wait_for_current`].
const OWNER_LOCK: &str = ".lock";
/// Timeout for a lock that users other than the owner can hold.
const LOCK_TIMEOUT: Duration = Duration::from_millis(500);
const RETRY_INTERVAL: Duration = Duration::from_millis(2);

/// An exclusive lock; released when dropped.
#[derive(Debug)]
pub struct FileLock {
    file: File,
    /// The owner's lock file, in a folder whose files other users can open.
    _owner_lock: Option<File>,
}

impl FileLock {
    /// Waits until the lock is acquired.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system does not support locks.
    pub fn wait(path: &Path) -> Result<Self> {
        let file = open(path)?;
        lock(&file, path)?;
        Ok(Self { file, _owner_lock: None })
    }

    /// Waits for the lock of a file that its writers replace as a whole. When this returns, the
    /// locked file is the one that the path refers to. Replacing the file admits the next waiting
    /// process, so this has to be the last operation under the lock.
    ///
    /// In a shared folder, readers could hold the lock of a file for ever. There, a separate file
    /// is locked that only the owner can open; the file's own lock is also waited for, because the
    /// owner's programs may hold it, but only up to a timeout.
    ///
    /// # Errors
    /// When there is no such file, it cannot be opened or the file system does not support locks.
    pub(crate) fn wait_for_current(folder: &Folder, name: &str) -> Result<Self> {
        let path = folder.path().join(name);
        let locking_error = |error| Error::io("locking", &path)(error);
        let readers = folder.readers().map_err(locking_error)?;
        let owner_lock = match readers {
            Readers::Owner => None,
            Readers::Group => Some(take_owner_lock(folder)?),
        };
        loop {
            let file = open_existing(folder, name).map_err(locking_error)?;
            match &owner_lock {
                None => lock(&file, &path)?,
                Some(_) => lock_with_timeout(&file, &path)?,
            }
            let stat = fstat(&file).map_err(|errno| locking_error(errno.into()))?;
            restrict_to(&file, &stat, readers);
            if (stat.st_dev, stat.st_ino) == folder.identity(name).map_err(locking_error)? {
                return Ok(Self { file, _owner_lock: owner_lock });
            }
        }
    }

    /// Takes the lock if it is free; `None` if another process holds it.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system does not support locks.
    pub fn attempt(path: &Path) -> Result<Option<Self>> {
        let file = open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { file, _owner_lock: None })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(errno) => Err(Error::io("locking", path)(errno.into())),
        }
    }

    /// The locked file.
    #[must_use]
    pub fn file(&self) -> &File {
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

/// Takes the owner's lock of a shared folder. Its file is never removed while the folder exists.
fn take_owner_lock(folder: &Folder) -> Result<File> {
    let path = folder.path().join(OWNER_LOCK);
    let opened = folder.open_file(OWNER_LOCK, OFlags::RDWR | OFlags::CREATE);
    let file = opened.map_err(Error::io("locking", &path))?;
    lock(&file, &path)?;
    Ok(file)
}

/// Waits for the lock up to a timeout, then continues without it.
fn lock_with_timeout(file: &File, path: &Path) -> Result<()> {
    let deadline = Instant::now() + LOCK_TIMEOUT;
    loop {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() > deadline => return Ok(()),
            Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {
                std::thread::sleep(RETRY_INTERVAL);
            }
            Err(errno) => return Err(Error::io("locking", path)(errno.into())),
        }
    }
}

/// Opens the file for writing, which network file systems require for an exclusive lock. A file
/// that is not writable is opened for reading: it can still be replaced.
fn open_existing(folder: &Folder, name: &str) -> std::io::Result<File> {
    match folder.open_file(name, OFlags::RDWR) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            folder.open_file(name, OFlags::RDONLY)
        }
        opened => opened,
    }
}

fn open(path: &Path) -> Result<File> {
    open_lock(path).map_err(Error::io("opening the lock", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_held_lock_is_detected_and_a_dropped_one_is_free() {
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
