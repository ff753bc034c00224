//! The indexes of the logs that were looked at lately.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::line_index::LineIndex;

/// How many files are remembered: at most half a megabyte each.
const MAX_FILES: usize = 48;
/// How much may be counted while somebody waits who does not need the count.
const IN_PASSING_BYTES: u64 = 16 << 20;

/// A few indexes, the latest used last.
#[derive(Default)]
pub struct LineIndexes {
    files: Mutex<Vec<(PathBuf, Arc<Mutex<LineIndex>>)>>,
}

impl LineIndexes {
    /// Calls `read` with the index of a file, brought up to date. Who comes while it is counted waits
    /// and does not count again.
    pub(crate) fn with<T>(
        &self,
        path: &Path,
        file: &File,
        read: impl FnOnce(&LineIndex) -> io::Result<T>,
    ) -> io::Result<T> {
        let index = self.of(path);
        let mut index = lock(&index);
        index.update(file)?;
        read(&index)
    }

    /// The same where the index is at hand or made in no time; else nothing.
    pub(crate) fn with_if_quick<T>(
        &self,
        path: &Path,
        file: &File,
        read: impl FnOnce(&LineIndex) -> io::Result<T>,
    ) -> io::Result<Option<T>> {
        let index = self.of(path);
        let Ok(mut index) = index.try_lock() else { return Ok(None) };
        if index.missing_bytes(file.metadata()?.len()) > IN_PASSING_BYTES {
            return Ok(None);
        }
        index.update(file)?;
        read(&index).map(Some)
    }

    fn of(&self, path: &Path) -> Arc<Mutex<LineIndex>> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match files.iter().position(|(known, _)| known == path) {
            Some(place) => files.remove(place),
            None => (path.to_owned(), Arc::default()),
        };
        files.push(found.clone());
        if files.len() > MAX_FILES {
            files.remove(0);
        }
        found.1
    }
}

fn lock(index: &Mutex<LineIndex>) -> MutexGuard<'_, LineIndex> {
    index.lock().unwrap_or_else(PoisonError::into_inner)
}
