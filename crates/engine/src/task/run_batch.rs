//! `POST /api/tasks/batch/run`: queueing many tasks in the given order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::Task;
use common::task::{BatchRunRequest, BatchRunResponse};
use serde_json::{Map, Value};

use super::TaskEntry;
use super::run::enqueue;
use super::view::Detail;
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use store::task::TaskInfo;
use store::{Error, Result, clock};

/// How many tasks are written at a time.
const WRITERS: usize = 32;

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
        let entries = self.enqueue_all(&workspace, &request.task_names, request.fail_fast);
        // Also where one could not be written: the others are queued.
        self.wake(&workspace);
        let entries = entries?;
        let items: Vec<Task> =
            entries.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect();
        Ok(BatchRunResponse { count: items.len() as u64, items })
    }

    /// Queues tasks in their order, many at a time: most of it is waiting for the disk. The first of
    /// them start while the last are being written.
    pub(crate) fn enqueue_all(
        &self,
        workspace: &Workspace,
        names: &[String],
        fail_fast: bool,
    ) -> Result<Vec<Arc<TaskEntry>>> {
        let first_us = workspace.index.next_queued_us(clock::epoch_us());
        let batch = workspace.submissions.begin(first_us);
        let next = AtomicUsize::new(0);
        let work = || -> Vec<(usize, Result<Arc<TaskEntry>>)> {
            let mut done = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(name) = names.get(place) else { return done };
                let change = |info: &mut TaskInfo| {
                    enqueue(info, first_us + place as u64, fail_fast.then_some(first_us));
                    Ok(())
                };
                done.push((place, workspace.update(name, change).map(|(entry, ())| entry)));
                batch.is_written(place as u64);
                if place.is_multiple_of(WRITERS) {
                    self.wake(workspace);
                }
            }
        };
        let mut done: Vec<_> = std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..WRITERS.min(names.len())).map(|_| scope.spawn(work)).collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap_or_default()).collect()
        });
        done.sort_by_key(|(place, _)| *place);
        if done.len() < names.len() {
            return Err(Error::invalid("a thread that queued tasks died"));
        }
        done.into_iter().map(|(_, entry)| entry).collect()
    }
}
