//! Which configurations are there already.

use common::TaskKind;
use common::generator::Fingerprints;

use crate::Result;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};

/// How many of the newest tasks are looked at: as many as a browser may be sent.
const MOST: usize = 5000;

impl Engine {
    /// The fingerprints of the newest tasks' configurations, the newest first.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn fingerprints(&self, pick: &Pick) -> Result<Fingerprints> {
        let workspace = self.pick(pick)?;
        let wanted = Wanted { limit: Some(MOST), ..Wanted::default() };
        let found = workspace.index.find(&Sorting::newest(), &wanted);
        let python = found.entries.iter().filter(|entry| entry.brief.task_kind == TaskKind::Python);
        let items = python.map(|entry| {
            let config = entry.config.open();
            (common::batch::fingerprint(&config), entry.name().to_owned())
        });
        Ok(Fingerprints { items: items.collect(), has_more: found.total > MOST as u64 })
    }
}
