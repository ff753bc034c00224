//! Reads the free space of the current project's disk.

use common::system::Disk;

use super::disk_space::disk_of;
use crate::engine::Engine;
use store::settings::read_settings;

impl Engine {
    /// The disk of the current project; `None` if its size cannot be read.
    #[must_use]
    pub fn disk(&self) -> Option<Disk> {
        let pyruns_dir = self.current_pyruns_dir();
        let warn_below_mb = read_settings(&pyruns_dir).min_free_disk_mb;
        disk_of(&pyruns_dir, warn_below_mb)
    }
}
