//! Disk space reserved for the end of a run before it begins, so that the end can be stored even if
//! the disk is full.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;

use super::claim::Claim;
use store::disk::open_empty;
use store::task::{StoredEnd, TaskDir};
use store::{Error, Result};

/// One block of common file systems; the end of a run is smaller.
const BYTES: usize = 4096;
/// Maximum length of a text in it.
const MAX_TEXT_BYTES: usize = 512;

/// The reserved space: `run_logs/runN.reserve`, which is renamed to `runN.end` when it is used.
pub(crate) struct Reserve {
    file: File,
    dir: TaskDir,
    run_index: u32,
    is_used: bool,
}

impl Reserve {
    /// Reserves the space.
    ///
    /// # Errors
    /// When there is not enough space: then the run must not begin.
    pub(crate) fn take(claim: &Claim) -> Result<Self> {
        let path = claim.dir.reserve(claim.run_index);
        let reserve_error = Error::io("reserving disk space for the end of the run in", &path);
        let file = match open_empty(&path).and_then(|file| {
            // Written instead of allocated with `fallocate`: a write allocates the block or fails
            // at once, and costs no I/O if the file is removed before the kernel flushes it.
            file.write_all_at(&[0; BYTES], 0)?;
            Ok(file)
        }) {
            Ok(file) => file,
            Err(error) => {
                // An error means that it does not exist.
                let _ = fs::remove_file(&path);
                return Err(reserve_error(error));
            }
        };
        Ok(Self { file, dir: claim.dir.clone(), run_index: claim.run_index, is_used: false })
    }

    /// Stores the end of the run in place, which needs no more space. Further calls do nothing.
    pub(crate) fn store(&mut self, end: &StoredEnd) {
        if self.is_used {
            return;
        }
        match self.write(end) {
            Ok(()) => self.is_used = true,
            Err(error) => tracing::warn!(%error, "the end of a run cannot be stored"),
        }
    }

    fn write(&self, end: &StoredEnd) -> io::Result<()> {
        let mut end = end.clone();
        truncate(&mut end.reason);
        truncate(&mut end.command);
        self.file.write_all_at(&serde_json::to_vec(&end)?, 0)?;
        self.file.sync_data()?;
        fs::rename(self.dir.reserve(self.run_index), self.dir.stored_end(self.run_index))
    }

    /// Frees the space for another write.
    pub(crate) fn release(&self) {
        let _ = self.file.set_len(0);
    }
}

impl Drop for Reserve {
    /// Removes the file if it was not used. A stored end is removed when the task's file contains
    /// it.
    fn drop(&mut self) {
        if !self.is_used {
            let _ = fs::remove_file(self.dir.reserve(self.run_index));
        }
    }
}

/// Removes the stored end of a run whose end is in the task's file, and the reserved space of one
/// whose supervisor died.
pub(crate) fn clear(dir: &TaskDir, run_index: u32) {
    for path in [dir.stored_end(run_index), dir.reserve(run_index)] {
        // Usually neither exists.
        let _ = fs::remove_file(path);
    }
}

fn truncate(text: &mut String) {
    if let Some((at, _)) = text.char_indices().find(|(at, c)| at + c.len_utf8() > MAX_TEXT_BYTES) {
        text.truncate(at);
    }
}
