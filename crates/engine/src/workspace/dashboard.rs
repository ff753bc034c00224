//! Reads the dashboard of a workspace.

use std::path::Path;

use common::workspace::{Dashboard, Queue, Summary};

use crate::engine::{Engine, WorkspaceSelector};
use crate::index::{IndexQuery, Sorting};
use crate::task::view::Detail;
use store::Result;

impl Engine {
    /// Counts, the newest tasks and a running task; empty if no workspace is open.
    ///
    /// # Errors
    /// If the named workspace does not exist.
    pub fn dashboard(&self, selector: &WorkspaceSelector, recent_limit: u32) -> Result<Dashboard> {
        let view = self.workspace(selector)?;
        let max_workers = view.settings.manager_max_workers.max(1);
        if !view.workspace_ready {
            let queue = Queue { max_workers, ..Queue::default() };
            return Ok(Dashboard { workspace: view, queue, ..Dashboard::default() });
        }
        let workspace = self.workspace_of(selector)?;
        let mut summary = Summary::default();
        for (status, count) in workspace.index.counts() {
            summary.add(status, count);
        }
        let query = IndexQuery { limit: Some(recent_limit as usize), ..IndexQuery::default() };
        let recent = workspace.index.find(&Sorting::latest(), &query).entries;
        let running = workspace.index.running();
        let active = running.iter().max_by_key(|entry| entry.summary.activity);
        let mut recent_tasks: Vec<common::Task> =
            recent.iter().map(|entry| workspace.view(entry, Detail::Full)).collect();
        workspace.failures.complete(recent.iter().map(|entry| &entry.dir).zip(&mut recent_tasks));
        Ok(Dashboard {
            queue: self.queue(workspace.pyruns_dir(), max_workers),
            summary,
            recent_tasks,
            template_count: view.templates.len() as u64,
            active_task: active.map(|entry| workspace.view(entry, Detail::Full)),
            workspace: view,
        })
    }

    /// The counts of the queue over all workspaces of a project.
    fn queue(&self, pyruns_dir: &Path, max_workers: u32) -> Queue {
        let mut queue = Queue { max_workers, ..Queue::default() };
        for workspace in self.project(pyruns_dir).open_workspaces() {
            queue.running += workspace.index.running().len() as u64;
            queue.queued += workspace.index.queued_count() as u64;
        }
        queue
    }
}
