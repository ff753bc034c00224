//! Telling whether a file is still the one that was read.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Identity of a file's content as far as `stat` can tell: inode, size, modification time.
///
/// Every write of ours makes a new inode, so two different contents of ours never share one stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    inode: u64,
    size: u64,
    mtime_ns: i128,
}

impl Stamp {
    /// The stamp of a file, `None` when it is not there.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|meta| Self::from_metadata(&meta))
    }

    /// The stamp that belongs to metadata already read.
    pub(crate) fn from_metadata(meta: &fs::Metadata) -> Self {
        let mtime_ns = i128::from(meta.mtime()) * 1_000_000_000 + i128::from(meta.mtime_nsec());
        Self { inode: meta.ino(), size: meta.len(), mtime_ns }
    }

    /// Modification time, seconds since the epoch.
    #[expect(clippy::cast_precision_loss, reason = "microseconds are enough for a client")]
    pub(crate) fn mtime_s(self) -> f64 {
        self.mtime_ns as f64 / 1e9
    }
}
