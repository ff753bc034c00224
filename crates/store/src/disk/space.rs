//! How much room there is on a disk.

use std::path::Path;

use rustix::fs::statvfs;
use rustix::process::geteuid;

/// What a run needs to begin: its log, its note, the task's file twice, with room to spare.
const NEEDED_BYTES: u64 = 512 * 1024;

/// The room of the file system that holds a folder, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Size of the file system, in bytes.
    pub total: u64,
    /// What this user may still fill.
    pub free: u64,
    /// No more files can be made, however much room there is.
    is_out_of_files: bool,
}

impl Space {
    /// Of a folder; nothing where that cannot be told.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Self> {
        let stat = statvfs(folder).ok()?;
        let free = if geteuid().is_root() { stat.f_bfree } else { stat.f_bavail };
        Some(Self {
            total: stat.f_blocks.saturating_mul(stat.f_frsize),
            free: free.saturating_mul(stat.f_frsize),
            // File systems without a limit tell of none at all.
            is_out_of_files: stat.f_files > 0 && stat.f_ffree == 0,
        })
    }

    /// Nothing can begin any more.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.free < NEEDED_BYTES || self.is_out_of_files
    }
}
