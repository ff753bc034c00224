//! A cache of line indexes, least recently used first.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::line_index::LineIndex;

/// Maximum number of cached indexes, of at most half a megabyte each.
const MAX_FILES: usize = 48;
/// Maximum number of bytes to index for a request that can do without line numbers.
const QUICK_UPDATE_BYTES: u64 = 16 << 20;

/// The cached indexes; the most recently used one is last.
#[derive(Default)]
pub struct LineIndexes {
    files: Mutex<Vec<(PathBuf, Arc<Mutex<LineIndex>>)>>,
}

impl LineIndexes {
    /// Calls `read` with the updated index of a file. Concurrent callers wait for the update
    /// instead of repeating it.
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

    /// The same if the index can be updated quickly; else `None`.
    pub(crate) fn with_if_quick<T>(
        &self,
        path: &Path,
        file: &File,
        read: impl FnOnce(&LineIndex) -> io::Result<T>,
    ) -> io::Result<Option<T>> {
        let index = self.of(path);
        let Ok(mut index) = index.try_lock() else { return Ok(None) };
        if index.missing_bytes(file.metadata()?.len()) > QUICK_UPDATE_BYTES {
            return Ok(None);
        }
        index.update(file)?;
        read(&index).map(Some)
    }

    fn of(&self, path: &Path) -> Arc<Mutex<LineIndex>> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match files.iter().position(|(known, _)| known == path) {
            Some(position) => files.remove(position),
            None => (path.to_owned(), Arc::default()),
        };
        files.push(entry.clone());
        if files.len() > MAX_FILES {
            files.remove(0);
        }
        entry.1
    }
}

fn lock(index: &Mutex<LineIndex>) -> MutexGuard<'_, LineIndex> {
    index.lock().unwrap_or_else(PoisonError::into_inner)
}
