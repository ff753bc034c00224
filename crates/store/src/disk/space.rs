//! Free space of a file system.

use std::path::Path;

use rustix::fs::statvfs;
use rustix::process::geteuid;

/// Space needed to start a run: its log, its provenance note and two copies of the task file, with
/// a margin.
const NEEDED_BYTES: u64 = 512 * 1024;

/// Size and free space of the file system that contains a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Size of the file system, in bytes.
    pub total: u64,
    /// Bytes that this user may still write.
    pub free: u64,
    /// No inode is free, so that no file can be created.
    is_out_of_files: bool,
}

impl Space {
    /// Reads it for a folder; `None` where the system call fails.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Self> {
        let stat = statvfs(folder).ok()?;
        let free = if geteuid().is_root() { stat.f_bfree } else { stat.f_bavail };
        Some(Self {
            total: stat.f_blocks.saturating_mul(stat.f_frsize),
            free: free.saturating_mul(stat.f_frsize),
            // File systems without a limit report 0 inodes in total.
            is_out_of_files: stat.f_files > 0 && stat.f_ffree == 0,
        })
    }

    /// Whether there is too little space to start a run.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.free < NEEDED_BYTES || self.is_out_of_files
    }
}
