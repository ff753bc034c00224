//! Detects whether a file has changed since it was read.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{AtFlags, statat};
use serde::{Deserialize, Serialize};

/// Identity of a file's content according to `stat`: inode, size, modification time.
///
/// Pyruns replaces files, and each new file has a new inode; two contents written by Pyruns never
/// have the same stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    inode: u64,
    size: u64,
    mtime_ns: i64,
}

impl Stamp {
    /// A stamp that differs from that of every file, so that the file is read again.
    pub const NEVER: Self = Self { inode: u64::MAX, size: u64::MAX, mtime_ns: i64::MAX };

    /// The stamp of a file, `None` when it is not there.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|meta| Self::from_metadata(&meta))
    }

    /// The stamp that belongs to metadata already read.
    pub(crate) fn from_metadata(meta: &fs::Metadata) -> Self {
        let mtime_ns = nanoseconds(meta.mtime(), meta.mtime_nsec());
        Self { inode: meta.ino(), size: meta.len(), mtime_ns }
    }

    /// The stamp of a file below an open folder; for many files half as expensive as
    /// [`of`](Self::of).
    #[must_use]
    pub fn at(folder: &File, path: &str) -> Option<Self> {
        let stat = statat(folder, path, AtFlags::empty()).ok()?;
        Some(Self {
            inode: stat.st_ino,
            size: u64::try_from(stat.st_size).unwrap_or_default(),
            mtime_ns: nanoseconds(stat.st_mtime, i64::try_from(stat.st_mtime_nsec).unwrap_or(0)),
        })
    }

    /// Whether it is the same file, and not shorter than before.
    #[must_use]
    pub fn has_grown_from(self, before: Self) -> bool {
        self.inode == before.inode && self.size >= before.size
    }

    /// Buffer capacity for reading the content, up to 1 MiB.
    #[must_use]
    pub fn size_hint(self) -> usize {
        // One more byte, so that the end of the file is detected without another read.
        usize::try_from(self.size.min(1 << 20)).unwrap_or_default() + 1
    }

    /// Modification time, seconds since the epoch.
    #[expect(clippy::cast_precision_loss, reason = "microseconds are enough for a client")]
    #[must_use]
    pub fn mtime_s(self) -> f64 {
        self.mtime_ns as f64 / 1e9
    }
}

/// Nanoseconds since the epoch; saturates for times outside of the years 1677 to 2262.
fn nanoseconds(seconds: i64, subsec_ns: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(subsec_ns)
}
