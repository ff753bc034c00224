//! `GET /api/batches`.

use std::collections::HashMap;

use common::batches::{BatchList, BatchSummary};
use common::{TaskStatus, natural};

use crate::engine::{Engine, Pick};
use store::Result;
use store::batch::BatchRecord;

impl Engine {
    /// The batches of a workspace and how far they are, the newest first.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn list_batches(&self, pick: &Pick) -> Result<BatchList> {
        let workspace = self.pick(pick)?;
        let mut counts: HashMap<String, Vec<TaskStatus>> = HashMap::new();
        for entry in workspace.index.all() {
            if let Some(batch) = entry.info.open().batch {
                counts.entry(batch.name).or_default().push(entry.brief.status);
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
