//! `POST /api/batches/{name}/rerun`: exactly the tasks of a batch that are not done.

use std::collections::BTreeMap;

use common::TaskStatus;
use common::batches::{RerunBatchRequest, RerunBatchResponse};

use crate::engine::{Engine, Pick};
use crate::generator::recreate;
use store::Result;
use store::batch::BatchRecord;

impl Engine {
    /// Queues the failed tasks of a batch, and those that are gone after creating them again. What is
    /// active or completed is left alone.
    ///
    /// # Errors
    /// When there is no such batch, a name is taken by another task, or a file cannot be written.
    pub fn rerun_batch(
        &self,
        pick: &Pick,
        name: &str,
        request: &RerunBatchRequest,
    ) -> Result<RerunBatchResponse> {
        let workspace = self.pick(pick)?;
        let record = BatchRecord::read(&workspace.root, name)?;
        let mut present = BTreeMap::new();
        for entry in workspace.index.all() {
            if let Some(batch) = entry.info.open().batch.filter(|batch| batch.name == name) {
                present.insert(batch.place, entry);
            }
        }
        let gone = (1..=record.count).filter(|place| !present.contains_key(place));
        let gone: Vec<u64> = gone.filter(|_| request.missing).collect();
        let created = recreate(&workspace, &record, &gone)?;
        let mut again: BTreeMap<u64, String> = gone.into_iter().zip(created.clone()).collect();
        for (place, entry) in present {
            let is_wanted = match entry.brief.status {
                TaskStatus::Failed => request.failed,
                TaskStatus::Cancelled => request.cancelled,
                _ => false,
            };
            if is_wanted {
                again.insert(place, entry.name().to_owned());
            }
        }
        let task_names: Vec<String> = again.into_values().collect();
        let queued = self.enqueue_all(&workspace, &task_names, request.fail_fast);
        self.wake(&workspace);
        let count = queued?.len() as u64;
        Ok(RerunBatchResponse { count, task_names, recreated: created })
    }
}
