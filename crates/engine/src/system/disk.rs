//! The disk of a project: `disk` of `GET /api/system/metrics`.

use std::path::Path;

use common::system::{Disk, DiskState};

use crate::engine::Engine;
use store::disk::Space;
use store::settings::read_settings;

impl Engine {
    /// How much room the disk of the current project has; nothing where the system does not tell.
    #[must_use]
    pub fn disk(&self) -> Option<Disk> {
        let pyruns_dir = self.current_pyruns_dir();
        let warn_below_mb = read_settings(&pyruns_dir).min_free_disk_mb;
        disk_of(&pyruns_dir, warn_below_mb)
    }
}

/// The disk that holds a `_pyruns_`, also one that is not there yet.
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
