//! Free space of a disk.

use std::path::Path;

use common::system::{Disk, DiskState};
use store::disk::Space;

/// The disk of a `_pyruns_` folder, which need not exist yet.
pub(crate) fn disk_of(pyruns_dir: &Path, warn_below_mb: u64) -> Option<Disk> {
    let folder = pyruns_dir.ancestors().find(|folder| folder.is_dir())?;
    let space = Space::of(folder)?;
    let warn_below_bytes = warn_below_mb.saturating_mul(1 << 20);
    Some(Disk {
        path: folder.to_string_lossy().into_owned(),
        total_bytes: space.total,
        free_bytes: space.free,
        warn_below_bytes,
        state: match space {
            space if space.is_full() => DiskState::Full,
            space if space.free < warn_below_bytes => DiskState::Low,
            _ => DiskState::Ok,
        },
    })
}
