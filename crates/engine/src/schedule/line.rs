//! All queued tasks of a project, in the order in which they are to start.

use std::sync::Arc;

use crate::task::{QueuePlace, TaskEntry};
use crate::workspace::Workspace;

/// Merges the queues of the workspaces; reads of each only as far as somebody asks.
pub(super) struct Line<'a> {
    heads: Vec<(&'a Arc<Workspace>, Option<Arc<TaskEntry>>)>,
}

impl<'a> Line<'a> {
    pub(super) fn new(workspaces: &'a [Arc<Workspace>]) -> Self {
        let head = |workspace: &'a Arc<Workspace>| (workspace, workspace.index.queued_after(None));
        Self { heads: workspaces.iter().map(head).collect() }
    }
}

impl Iterator for Line<'_> {
    type Item = (Arc<Workspace>, Arc<TaskEntry>);

    fn next(&mut self) -> Option<Self::Item> {
        let heads = self.heads.iter().enumerate();
        let places =
            heads.filter_map(|(index, (_, head))| Some((QueuePlace::of(head.as_deref()?)?, index)));
        let (place, index) = places.min()?;
        let (workspace, head) = &mut self.heads[index];
        let entry = std::mem::replace(head, workspace.index.queued_after(Some(&place)))?;
        Some((workspace.clone(), entry))
    }
}
