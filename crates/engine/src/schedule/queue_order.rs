//! The queued tasks of all workspaces of a project, in queue order.

use std::sync::Arc;

use crate::task::{QueuePosition, TaskEntry};
use crate::workspace::Workspace;

/// Merges the queues of the workspaces lazily.
pub(super) struct QueueOrder<'a> {
    next_tasks: Vec<(&'a Arc<Workspace>, Option<Arc<TaskEntry>>)>,
}

impl<'a> QueueOrder<'a> {
    pub(super) fn new(workspaces: &'a [Arc<Workspace>]) -> Self {
        let next_task =
            |workspace: &'a Arc<Workspace>| (workspace, workspace.index.queued_after(None));
        Self { next_tasks: workspaces.iter().map(next_task).collect() }
    }
}

impl Iterator for QueueOrder<'_> {
    type Item = (Arc<Workspace>, Arc<TaskEntry>);

    fn next(&mut self) -> Option<Self::Item> {
        let next_tasks = self.next_tasks.iter().enumerate();
        let positions = next_tasks.filter_map(|(index, (_, next_task))| {
            Some((QueuePosition::of(next_task.as_deref()?)?, index))
        });
        let (position, index) = positions.min()?;
        let (workspace, next_task) = &mut self.next_tasks[index];
        let entry = std::mem::replace(next_task, workspace.index.queued_after(Some(&position)))?;
        Some((workspace.clone(), entry))
    }
}
