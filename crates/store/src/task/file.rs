//! Reads and updates `task_info.json`, safely with concurrent processes.

use std::fs::File;
use std::io::{self, Read};

use common::TaskStatus;

use crate::disk::{FileLock, Folder, Stamp};
use crate::task::{StoredEnd, TaskDir, TaskInfo};
use crate::{Error, Result};

/// The content of a task's file.
pub struct Stored {
    /// Content of the file.
    pub info: TaskInfo,
    /// Stamp of the file, taken before it was read.
    pub stamp: Stamp,
    /// Its newest run has ended, but the file does not contain the end yet: see [`StoredEnd`].
    pub has_stored_end: bool,
}

/// Reads the file; for a running task also the stored end of its run, if there is one. The stamp is
/// taken first: if the file changes in between, the next scan detects it.
///
/// # Errors
/// As [`read_file`].
pub fn read_with_end(dir: &TaskDir) -> Result<Stored> {
    let (mut info, stamp) = read_file(dir)?;
    let is_running = info.status() == TaskStatus::Running;
    let end = is_running.then(|| StoredEnd::read(dir, info.run_index())).flatten();
    let has_stored_end = end.is_some();
    if let Some(end) = end {
        end.apply_to(&mut info);
    }
    Ok(Stored { info, stamp, has_stored_end })
}

/// Like [`read_with_end`], without the flag.
///
/// # Errors
/// As [`read_file`].
pub fn read(dir: &TaskDir) -> Result<(TaskInfo, Stamp)> {
    read_with_end(dir).map(|stored| (stored.info, stored.stamp))
}

/// Reads only the file.
///
/// # Errors
/// [`Error::NotFound`] when the folder has no such file, [`Error::Malformed`] when it is invalid.
pub fn read_file(dir: &TaskDir) -> Result<(TaskInfo, Stamp)> {
    match dir.open(TaskDir::INFO) {
        Ok(file) => read_from(dir, &file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Error::task_not_found(dir.name()))
        }
        Err(error) => Err(Error::io("reading", &dir.info())(error)),
    }
}

fn read_from(dir: &TaskDir, mut file: &File) -> Result<(TaskInfo, Stamp)> {
    let path = dir.info();
    let read_error = |error| Error::io("reading", &path)(error);
    let stamp = Stamp::from_metadata(&file.metadata().map_err(read_error)?);
    let mut bytes = Vec::with_capacity(stamp.size_hint());
    file.read_to_end(&mut bytes).map_err(read_error)?;
    let parsed = TaskInfo::parse(&String::from_utf8_lossy(&bytes));
    let mut info = parsed.map_err(|reason| Error::Malformed { path, reason })?;
    // If the user renamed the folder, the name of the folder is used, not the one in the file.
    info.name = dir.name().to_string();
    Ok((info, stamp))
}

/// A task's file after a change.
pub struct Updated<T> {
    /// Content of the file after the change.
    pub info: TaskInfo,
    /// Stamp of the file after the change.
    pub stamp: Stamp,
    /// The value that the change returned.
    pub answer: T,
}

/// Changes the file under its lock. When `change` returns an error, nothing is written.
///
/// # Errors
/// The error of `change`, or of reading and writing.
pub fn update<T>(
    dir: &TaskDir,
    change: impl FnOnce(&mut TaskInfo) -> Result<T>,
) -> Result<Updated<T>> {
    let folder = hold(dir)?;
    let lock = lock_in(dir, &folder)?;
    let (mut info, mut stamp) = read_from(dir, lock.file())?;
    let before = info.clone();
    let answer = change(&mut info)?;
    if info != before {
        stamp = write_in(dir, &folder, &info)?;
    }
    Ok(Updated { info, stamp, answer })
}

/// Locks the file: no other process can change it until it is replaced or the lock is dropped.
///
/// # Errors
/// [`Error::NotFound`] when the folder has no such file, or the I/O error.
pub fn lock(dir: &TaskDir) -> Result<FileLock> {
    lock_in(dir, &hold(dir)?)
}

/// Updates the name in the file after the folder was renamed. The caller holds the lock.
///
/// # Errors
/// The error of reading or writing.
pub fn rename_inside(dir: &TaskDir) -> Result<()> {
    let (info, _) = read_file(dir)?;
    write_in(dir, &hold(dir)?, &info).map(drop)
}

fn hold(dir: &TaskDir) -> Result<Folder> {
    dir.hold().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::task_not_found(dir.name()),
        _ => Error::io("opening", &dir.path())(error),
    })
}

fn lock_in(dir: &TaskDir, folder: &Folder) -> Result<FileLock> {
    FileLock::wait_for_current(folder, TaskDir::INFO).map_err(|error| match error {
        Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            Error::task_not_found(dir.name())
        }
        error => error,
    })
}

fn write_in(dir: &TaskDir, folder: &Folder, info: &TaskInfo) -> Result<Stamp> {
    let written = folder.replace(TaskDir::INFO, info.to_text().as_bytes());
    written.map_err(Error::io("writing", &dir.info()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn concurrent_changes_are_not_lost() {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&temp.path().join("t")).unwrap();
        fs::create_dir(dir.path()).unwrap();
        fs::write(dir.info(), TaskInfo::default().to_text()).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        update(&dir, |info| {
                            info.notes.push('x');
                            Ok(())
                        })
                        .unwrap();
                    }
                });
            }
        });
        assert_eq!(read(&dir).unwrap().0.notes.len(), 200);
    }

    #[test]
    fn a_refused_change_writes_nothing() {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::at(&temp.path().join("t")).unwrap();
        fs::create_dir(dir.path()).unwrap();
        fs::write(dir.info(), "{\"notes\": \"old\"}").unwrap();
        let refused = update(&dir, |info| {
            info.notes = "new".into();
            Err::<(), _>(Error::Conflict("no".into()))
        });
        assert!(refused.is_err());
        assert_eq!(fs::read_to_string(dir.info()).unwrap(), "{\"notes\": \"old\"}");
    }
}
