//! Lists the batches of a workspace with the status counts of their tasks.

use std::collections::HashMap;

use common::batches::{BatchList, BatchSummary};
use common::{TaskStatus, natural};

use crate::engine::{Engine, WorkspaceSelector};
use store::Result;
use store::batch::BatchRecord;

impl Engine {
    /// The batches of a workspace and their progress, newest first.
    ///
    /// # Errors
    /// If the workspace does not exist.
    pub fn list_batches(&self, selector: &WorkspaceSelector) -> Result<BatchList> {
        let workspace = self.workspace_of(selector)?;
        let mut counts: HashMap<String, Vec<TaskStatus>> = HashMap::new();
        for entry in workspace.index.all() {
            if let Some(batch) = entry.info.deserialize().batch {
                counts.entry(batch.name).or_default().push(entry.summary.status);
            }
        }
        let mut items: Vec<BatchSummary> = BatchRecord::all(&workspace.root)
            .into_iter()
            .map(|record| {
                let statuses = counts.remove(&record.name).unwrap_or_default();
                let mut summary = BatchSummary {
                    missing: record.count.saturating_sub(statuses.len() as u64),
                    name: record.name,
                    created_at: record.created_at,
                    count: record.count,
                    ..BatchSummary::default()
                };
                for status in statuses {
                    *summary.status_counts.entry(status).or_default() += 1;
                }
                summary
            })
            .collect();
        items.sort_by(|a: &BatchSummary, b| {
            b.created_at.cmp(&a.created_at).then_with(|| natural::compare(&a.name, &b.name))
        });
        Ok(BatchList { items })
    }
}
