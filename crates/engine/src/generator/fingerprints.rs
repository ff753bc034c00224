//! Lists the fingerprints of existing configurations, to detect duplicates.

use std::cmp::Reverse;

use common::TaskKind;
use common::generator::Fingerprints;

use crate::engine::{Engine, WorkspaceSelector};
use store::Result;
use store::parallel::in_parts;

/// Minimum number of tasks that are hashed in parallel.
const MANY: usize = 1_000;

impl Engine {
    /// The fingerprints of all tasks' configurations, newest task first.
    ///
    /// # Errors
    /// If the workspace does not exist.
    pub fn fingerprints(&self, selector: &WorkspaceSelector) -> Result<Fingerprints> {
        let workspace = self.workspace_of(selector)?;
        let mut entries = workspace.index.all();
        // Tasks with errors have no known configuration.
        entries.retain(|entry| {
            entry.summary.task_kind == TaskKind::Python && entry.load_error.is_none()
        });
        // Sorted here, because the index would keep an order for it in memory.
        entries.sort_unstable_by(|a, b| {
            let key = Reverse(a.summary.created_at).cmp(&Reverse(b.summary.created_at));
            key.then_with(|| a.name().cmp(b.name()))
        });
        let tasks = in_parts(entries, MANY, |part| {
            part.into_iter().map(|entry| (entry.fingerprint(), entry)).collect()
        });
        Ok(Fingerprints::new(
            tasks.iter().map(|(fingerprint, entry)| (*fingerprint, entry.name().as_str())),
        ))
    }
}
