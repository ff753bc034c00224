//! `POST /api/tasks/batch/run`: queueing many tasks in the given order.

use common::task::{BatchRunRequest, BatchRunResponse};
use serde_json::{Map, Value};

use super::run::enqueue;
use super::view::Detail;
use crate::engine::{Engine, Pick};
use crate::{Error, Result, clock};

impl Engine {
    /// Queues all named tasks, or none when one of them is not there.
    ///
    /// # Errors
    /// Names the first task that does not exist; `max_workers` must be at least 1.
    pub fn run_batch(&self, pick: &Pick, request: &BatchRunRequest) -> Result<BatchRunResponse> {
        let workspace = self.pick(pick)?;
        for name in &request.task_names {
            workspace.find(name)?;
        }
        match request.max_workers {
            Some(0) => return Err(Error::invalid("max_workers must be at least 1.")),
            Some(max_workers) => {
                let patch = [("manager_max_workers".to_owned(), Value::from(max_workers))];
                self.update_settings(pick, &Map::from_iter(patch))?;
            }
            None => {}
        }
        let first_us = clock::epoch_us();
        let mut items = Vec::new();
        for (place, name) in request.task_names.iter().enumerate() {
            let (entry, ()) = workspace.update(name, |info| {
                enqueue(info, first_us + place as u64);
                Ok(())
            })?;
            items.push(workspace.view(&entry, Detail::Compact));
        }
        self.wake(&workspace);
        Ok(BatchRunResponse { count: items.len() as u64, items })
    }
}
