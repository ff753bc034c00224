//! `GET /api/dashboard`: a workspace at a glance.

use std::path::Path;

use common::workspace::{Dashboard, Queue, Summary};

use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::view::Detail;
use store::Result;

impl Engine {
    /// Counts, the newest tasks and one that runs; all empty while no workspace is open.
    ///
    /// # Errors
    /// When a workspace is named that is not there.
    pub fn dashboard(&self, pick: &Pick, recent_limit: u32) -> Result<Dashboard> {
        let view = self.workspace(pick)?;
        let max_workers = view.settings.manager_max_workers.max(1);
        if !view.workspace_ready {
            let queue = Queue { max_workers, ..Queue::default() };
            return Ok(Dashboard { workspace: view, queue, ..Dashboard::default() });
        }
        let workspace = self.pick(pick)?;
        let mut summary = Summary::default();
        for (status, count) in workspace.index.counts() {
            summary.add(status, count);
        }
        let wanted = Wanted { limit: Some(recent_limit as usize), ..Wanted::default() };
        let recent = workspace.index.find(&Sorting::latest(), &wanted).entries;
        let running = workspace.index.running();
        let active = running.iter().max_by_key(|entry| entry.brief.activity);
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

    /// The queue over all workspaces of a project.
    fn queue(&self, pyruns_dir: &Path, max_workers: u32) -> Queue {
        let mut queue = Queue { max_workers, ..Queue::default() };
        for workspace in self.project(pyruns_dir).open_workspaces() {
            queue.running += workspace.index.running().len() as u64;
            queue.queued += workspace.index.queued_count() as u64;
        }
        queue
    }
}
