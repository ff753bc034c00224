//! Locks on files. The kernel drops them when their holder dies, however it dies.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags, flock, fstat};

use super::readers::{close_to_others, open_lock};
use super::{Folder, Readers};
use crate::{Error, Result};

/// In a folder that is shared, the file that is locked on behalf of another one: see
/// [`FileLock::wait_for_current`].
const OWNERS_LOCK: &str = ".lock";
/// How long the lock of a file is waited for that others than its owner can hold.
const PATIENCE: Duration = Duration::from_millis(500);
const TRY_AGAIN: Duration = Duration::from_millis(2);

/// An exclusive lock; released when dropped.
#[derive(Debug)]
pub struct FileLock {
    file: File,
    /// What is locked besides where others can open the file.
    _owners: Option<File>,
}

impl FileLock {
    /// Waits until the lock is ours.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system has no locks.
    pub fn wait(path: &Path) -> Result<Self> {
        let file = open(path)?;
        lock(&file, path)?;
        Ok(Self { file, _owners: None })
    }

    /// Waits until the lock of a file is ours that its writers replace as a whole. What is locked is
    /// the file that the path names when this returns; replacing it lets the next one in, so that has to
    /// be the last thing that is done under the lock.
    ///
    /// The readers of a shared folder could hold the lock of a file in it for ever. There a file beside it
    /// is locked that only its owner can open; the file's own lock is waited for as well, because
    /// programs of the owner may hold it, but not for long.
    ///
    /// # Errors
    /// When there is no such file, it cannot be opened or the file system has no locks.
    pub(crate) fn wait_for_current(folder: &Folder, name: &str) -> Result<Self> {
        let path = folder.path().join(name);
        let tell = |error| Error::io("locking", &path)(error);
        let readers = folder.readers().map_err(tell)?;
        let owners = match readers {
            Readers::Owner => None,
            Readers::Group => Some(lock_of_owner(folder)?),
        };
        loop {
            let file = open_existing(folder, name).map_err(tell)?;
            match &owners {
                None => lock(&file, &path)?,
                Some(_) => lock_if_let(&file, &path)?,
            }
            let ours = fstat(&file).map_err(|errno| tell(errno.into()))?;
            close_to_others(&file, &ours, readers);
            if (ours.st_dev, ours.st_ino) == folder.identity(name).map_err(tell)? {
                return Ok(Self { file, _owners: owners });
            }
        }
    }

    /// Takes the lock if nobody holds it; `None` if somebody does.
    ///
    /// # Errors
    /// When the file cannot be opened or the file system has no locks.
    pub fn attempt(path: &Path) -> Result<Option<Self>> {
        let file = open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { file, _owners: None })),
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

/// The lock of a shared folder, which exists as long as the folder does.
fn lock_of_owner(folder: &Folder) -> Result<File> {
    let path = folder.path().join(OWNERS_LOCK);
    let opened = folder.open_file(OWNERS_LOCK, OFlags::RDWR | OFlags::CREATE);
    let file = opened.map_err(Error::io("locking", &path))?;
    lock(&file, &path)?;
    Ok(file)
}

/// Waits for the lock for a moment, and goes on without it.
fn lock_if_let(file: &File, path: &Path) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() > deadline => return Ok(()),
            Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {
                std::thread::sleep(TRY_AGAIN);
            }
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
    open_lock(path).map_err(Error::io("opening the lock", path))
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
