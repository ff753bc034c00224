//! Queues the unfinished tasks of a batch again.

use common::{BatchName, TaskName};
use std::collections::BTreeMap;

use common::TaskStatus;
use common::batches::{RerunBatchRequest, RerunBatchResponse};

use crate::engine::{Engine, WorkspaceSelector};
use crate::generator::recreate;
use store::Result;
use store::batch::BatchRecord;

impl Engine {
    /// Queues the failed tasks of a batch, and recreates and queues the missing ones. Active and completed tasks
    /// are not changed.
    ///
    /// # Errors
    /// If the batch does not exist, a name is used by another task, or a file cannot be written.
    pub fn rerun_batch(
        &self,
        selector: &WorkspaceSelector,
        name: &BatchName,
        request: &RerunBatchRequest,
    ) -> Result<RerunBatchResponse> {
        let workspace = self.workspace_of(selector)?;
        let record = BatchRecord::read(&workspace.root, name)?;
        let mut existing = BTreeMap::new();
        for entry in workspace.index.all() {
            if let Some(batch) = entry.info.deserialize().batch.filter(|batch| *name == *batch.name)
            {
                existing.insert(batch.index, entry);
            }
        }
        let missing = (1..=record.count).filter(|index| !existing.contains_key(index));
        let missing: Vec<u64> = missing.filter(|_| request.missing).collect();
        let created = recreate(&workspace, &record, &missing)?;
        let mut to_queue: BTreeMap<u64, TaskName> =
            missing.into_iter().zip(created.clone()).collect();
        for (index, entry) in existing {
            let is_selected = match entry.summary.status {
                TaskStatus::Failed => request.failed,
                TaskStatus::Cancelled => request.cancelled,
                _ => false,
            };
            if is_selected {
                to_queue.insert(index, entry.name().clone());
            }
        }
        let task_names: Vec<TaskName> = to_queue.into_values().collect();
        let queued = self.enqueue_all(&workspace, &task_names, request.fail_fast);
        self.wake(&workspace);
        let count = queued?.len() as u64;
        Ok(RerunBatchResponse { count, task_names, recreated: created })
    }
}
