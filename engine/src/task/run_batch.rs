//! `POST /api/tasks/batch/run`: queueing many tasks in the given order.

use std::sync::Arc;

use common::Task;
use common::task::{BatchRunRequest, BatchRunResponse};
use serde_json::{Map, Value};

use super::run::enqueue;
use super::view::Detail;
use super::{TaskEntry, TaskInfo};
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use crate::{Error, Result, clock};

/// How many tasks are written at a time.
const WRITERS: usize = 8;

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
        let entries = enqueue_all(&workspace, &request.task_names);
        // Also where one could not be written: the others are queued.
        self.wake(&workspace);
        let entries = entries?;
        let items: Vec<Task> =
            entries.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect();
        Ok(BatchRunResponse { count: items.len() as u64, items })
    }
}

/// Queues tasks in their order, many at a time: most of it is waiting for the disk.
fn enqueue_all(workspace: &Workspace, names: &[String]) -> Result<Vec<Arc<TaskEntry>>> {
    let first_us = clock::epoch_us();
    let enqueue_one = |(place, name): (usize, &String)| {
        let change = |info: &mut TaskInfo| {
            enqueue(info, first_us + place as u64);
            Ok(())
        };
        workspace.update(name, change).map(|(entry, ())| entry)
    };
    let places: Vec<(usize, &String)> = names.iter().enumerate().collect();
    let share = places.len().div_ceil(WRITERS).max(1);
    std::thread::scope(|scope| {
        let work = |part: &[(usize, &String)]| part.iter().copied().map(enqueue_one).collect();
        let parts: Vec<_> =
            places.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
        let done = parts.into_iter().map(|part| {
            part.join().unwrap_or_else(|_| Err(Error::invalid("a thread that queued tasks died")))
        });
        let done: Vec<Result<Vec<Arc<TaskEntry>>>> = done.collect();
        Ok(done.into_iter().collect::<Result<Vec<_>>>()?.concat())
    })
}
