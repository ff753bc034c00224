//! Reading and changing `task_info.json`, safely beside every other process that does.

use std::fs::File;
use std::io::{self, Read};

use common::TaskStatus;

use crate::disk::{FileLock, Folder, Stamp};
use crate::task::{KeptEnd, TaskDir, TaskInfo};
use crate::{Error, Result};

/// A task's file as it was read.
pub struct Stored {
    /// Content of the file.
    pub info: TaskInfo,
    /// Stamp of the file, taken before it was read.
    pub stamp: Stamp,
    /// Its newest run has ended, which the file does not say yet: see [`KeptEnd`].
    pub has_kept_end: bool,
}

/// Reads the file, and beside it how a run ended that it says is running. The stamp is taken first: if
/// the file changes in between, the next look sees it.
///
/// # Errors
/// As [`read_file`].
pub fn read_with_end(dir: &TaskDir) -> Result<Stored> {
    let (mut info, stamp) = read_file(dir)?;
    let is_running = info.status() == TaskStatus::Running;
    let end = is_running.then(|| KeptEnd::read(dir, info.run_index())).flatten();
    let has_kept_end = end.is_some();
    if let Some(end) = end {
        end.put_into(&mut info);
    }
    Ok(Stored { info, stamp, has_kept_end })
}

/// The same for those who ask no further.
///
/// # Errors
/// As [`read_file`].
pub fn read(dir: &TaskDir) -> Result<(TaskInfo, Stamp)> {
    read_with_end(dir).map(|stored| (stored.info, stored.stamp))
}

/// Reads the file alone.
///
/// # Errors
/// [`Error::NotFound`] when the folder has no such file, [`Error::Malformed`] when it is nonsense.
pub fn read_file(dir: &TaskDir) -> Result<(TaskInfo, Stamp)> {
    match dir.open(TaskDir::INFO) {
        Ok(file) => read_from(dir, &file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Error::task_not_found(&dir.name()))
        }
        Err(error) => Err(Error::io("reading", &dir.info())(error)),
    }
}

fn read_from(dir: &TaskDir, mut file: &File) -> Result<(TaskInfo, Stamp)> {
    let path = dir.info();
    let tell = |error| Error::io("reading", &path)(error);
    let stamp = Stamp::from_metadata(&file.metadata().map_err(tell)?);
    let mut bytes = Vec::with_capacity(stamp.size_hint());
    file.read_to_end(&mut bytes).map_err(tell)?;
    let parsed = TaskInfo::parse(&String::from_utf8_lossy(&bytes));
    let mut info = parsed.map_err(|reason| Error::Malformed { path, reason })?;
    // A folder that was renamed by hand keeps its content: the folder's name counts.
    info.name = dir.name();
    Ok((info, stamp))
}

/// A task's file after a change.
pub struct Updated<T> {
    /// Content of the file after the change.
    pub info: TaskInfo,
    /// Stamp of the file after the change.
    pub stamp: Stamp,
    /// What the change answered.
    pub answer: T,
}

/// Changes the file under its lock. When `change` refuses, nothing is written.
///
/// # Errors
/// What `change` says, or what reading and writing say.
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

/// Keeps every other process from changing the file, until it is replaced or the lock is dropped.
///
/// # Errors
/// [`Error::NotFound`] when the folder has no such file, or what the system said.
pub fn lock(dir: &TaskDir) -> Result<FileLock> {
    lock_in(dir, &hold(dir)?)
}

/// Writes the folder's name into the file, after the folder was renamed. The caller holds the lock.
///
/// # Errors
/// What reading and writing say.
pub fn rename_inside(dir: &TaskDir) -> Result<()> {
    let (info, _) = read_file(dir)?;
    write_in(dir, &hold(dir)?, &info).map(drop)
}

fn hold(dir: &TaskDir) -> Result<Folder> {
    dir.hold().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::task_not_found(&dir.name()),
        _ => Error::io("opening", dir.path())(error),
    })
}

fn lock_in(dir: &TaskDir, folder: &Folder) -> Result<FileLock> {
    FileLock::wait_for_current(folder, TaskDir::INFO).map_err(|error| match error {
        Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            Error::task_not_found(&dir.name())
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
    fn changes_from_many_threads_are_all_kept() {
        let temp = tempfile::tempdir().unwrap();
        let dir = TaskDir::new(temp.path().to_owned());
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
        let dir = TaskDir::new(temp.path().to_owned());
        fs::write(dir.info(), "{\"notes\": \"old\"}").unwrap();
        let refused = update(&dir, |info| {
            info.notes = "new".into();
            Err::<(), _>(Error::Conflict("no".into()))
        });
        assert!(refused.is_err());
        assert_eq!(fs::read_to_string(dir.info()).unwrap(), "{\"notes\": \"old\"}");
    }
}
