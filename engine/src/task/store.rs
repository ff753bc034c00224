//! Reading and changing `task_info.json`, safely beside every other process that does.

use std::fs;
use std::io;

use super::{TaskDir, TaskInfo};
use crate::disk::{FileLock, Stamp, write_atomic};
use crate::{Error, Result};

/// Reads the file. The stamp is taken first: if the file changes in between, the next look sees it.
///
/// # Errors
/// [`Error::NotFound`] when the folder has no such file, [`Error::Malformed`] when it is nonsense.
pub(crate) fn read(dir: &TaskDir) -> Result<(TaskInfo, Stamp)> {
    let path = dir.info();
    let stamp = Stamp::of(&path).unwrap_or_default();
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::task_not_found(&dir.name()));
        }
        Err(error) => return Err(Error::io("reading", &path)(error)),
    };
    let parsed = TaskInfo::parse(&String::from_utf8_lossy(&bytes));
    let mut info = parsed.map_err(|reason| Error::Malformed { path, reason })?;
    // A folder that was renamed by hand keeps its content: the folder's name counts.
    info.name = dir.name();
    Ok((info, stamp))
}

/// A task's file after a change.
pub(crate) struct Updated<T> {
    pub(crate) info: TaskInfo,
    pub(crate) stamp: Stamp,
    /// What the change answered.
    pub(crate) answer: T,
}

/// Changes the file under its lock. When `change` refuses, nothing is written.
///
/// # Errors
/// What `change` says, or what reading and writing say.
pub(crate) fn update<T>(
    dir: &TaskDir,
    change: impl FnOnce(&mut TaskInfo) -> Result<T>,
) -> Result<Updated<T>> {
    if !dir.info().exists() {
        return Err(Error::task_not_found(&dir.name()));
    }
    let _lock = FileLock::wait(&dir.info_lock())?;
    let (mut info, mut stamp) = read(dir)?;
    let before = info.clone();
    let answer = change(&mut info)?;
    if info != before {
        write_atomic(&dir.info(), info.to_text().as_bytes())?;
        stamp = Stamp::of(&dir.info()).unwrap_or_default();
    }
    Ok(Updated { info, stamp, answer })
}

/// Writes the folder's name into the file, after the folder was renamed. The caller holds the lock.
///
/// # Errors
/// What reading and writing say.
pub(crate) fn rename_inside(dir: &TaskDir) -> Result<()> {
    let (info, _) = read(dir)?;
    write_atomic(&dir.info(), info.to_text().as_bytes())
}

#[cfg(test)]
mod tests {
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
