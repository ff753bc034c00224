//! Which configurations are there already.

use std::cmp::Reverse;

use common::TaskKind;
use common::generator::Fingerprints;

use crate::engine::{Engine, Pick};
use store::Result;
use store::parallel::in_parts;

/// From how many tasks on the work is shared among the cores.
const MANY: usize = 1_000;

impl Engine {
    /// The fingerprints of all tasks' configurations, the newest task first.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn fingerprints(&self, pick: &Pick) -> Result<Fingerprints> {
        let workspace = self.pick(pick)?;
        let mut entries = workspace.index.all();
        // Of what could not be read, nobody can say what it repeats.
        entries.retain(|entry| {
            entry.brief.task_kind == TaskKind::Python && entry.load_error.is_none()
        });
        // Sorted here: an order of the index would be kept in memory for this one question.
        entries.sort_unstable_by(|a, b| {
            let key = Reverse(a.brief.created_at).cmp(&Reverse(b.brief.created_at));
            key.then_with(|| a.name().cmp(b.name()))
        });
        let tasks = in_parts(entries, MANY, |part| {
            part.into_iter().map(|entry| (entry.fingerprint(), entry)).collect()
        });
        Ok(Fingerprints::new(tasks.iter().map(|(fingerprint, entry)| (*fingerprint, entry.name()))))
    }
}
