//! Queues many tasks in the given order.

use common::TaskName;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::Task;
use common::task::{BatchRunRequest, BatchRunResponse};
use serde_json::{Map, Value};

use super::TaskEntry;
use super::requested_name;
use super::run::enqueue;
use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::task::TaskInfo;
use store::{Error, Result, clock};

/// Number of threads that write task files.
const WRITERS: usize = 32;

impl Engine {
    /// Queues all named tasks, or none if one of them does not exist.
    ///
    /// # Errors
    /// Names the first task that does not exist. `max_workers` must be at least 1.
    pub fn run_batch(
        &self,
        selector: &WorkspaceSelector,
        request: &BatchRunRequest,
    ) -> Result<BatchRunResponse> {
        let workspace = self.workspace_of(selector)?;
        let mut names = Vec::new();
        for name in &request.task_names {
            names.push(workspace.find(&requested_name(name)?)?.name().clone());
        }
        match request.max_workers {
            Some(0) => return Err(Error::invalid("max_workers must be at least 1.")),
            Some(max_workers) => {
                let patch = [("manager_max_workers".to_owned(), Value::from(max_workers))];
                self.update_settings(selector, &Map::from_iter(patch))?;
            }
            None => {}
        }
        let entries = self.enqueue_all(&workspace, &names, request.fail_fast);
        // Also after an error: the other tasks are queued.
        self.wake(&workspace);
        let entries = entries?;
        let items: Vec<Task> =
            entries.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect();
        Ok(BatchRunResponse { count: items.len() as u64, items })
    }

    /// Queues tasks in the given order. Several threads write their files, because the disk is the bottleneck.
    /// The first tasks may start while the last ones are being written.
    pub(crate) fn enqueue_all(
        &self,
        workspace: &Workspace,
        names: &[TaskName],
        fail_fast: bool,
    ) -> Result<Vec<Arc<TaskEntry>>> {
        let first_us = workspace.index.next_queued_us(clock::epoch_us());
        let batch = workspace.submissions.begin(first_us);
        let next = AtomicUsize::new(0);
        let work = || -> Vec<(usize, Result<Arc<TaskEntry>>)> {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(name) = names.get(index) else { return done };
                let change = |info: &mut TaskInfo| {
                    enqueue(info, first_us + index as u64, fail_fast.then_some(first_us));
                    Ok(())
                };
                done.push((index, workspace.update(name, change).map(|(entry, ())| entry)));
                batch.mark_written(index as u64);
                if index.is_multiple_of(WRITERS) {
                    self.wake(workspace);
                }
            }
        };
        let mut done: Vec<_> = std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..WRITERS.min(names.len())).map(|_| scope.spawn(work)).collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap_or_default()).collect()
        });
        done.sort_by_key(|(index, _)| *index);
        if done.len() < names.len() {
            return Err(Error::invalid("a thread that queues tasks panicked"));
        }
        done.into_iter().map(|(_, entry)| entry).collect()
    }
}
