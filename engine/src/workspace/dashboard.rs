//! `GET /api/dashboard`: a workspace at a glance.

use common::TaskStatus;
use common::workspace::{Dashboard, Summary};

use crate::Result;
use crate::engine::{Engine, Pick};
use crate::task::view::Detail;

impl Engine {
    /// Counts, the newest tasks and one that runs; all empty while no workspace is open.
    ///
    /// # Errors
    /// When a workspace is named that is not there.
    pub fn dashboard(&self, pick: &Pick, recent_limit: u32) -> Result<Dashboard> {
        let view = self.workspace(pick)?;
        if !view.workspace_ready {
            return Ok(Dashboard { workspace: view, ..Dashboard::default() });
        }
        let workspace = self.pick(pick)?;
        let mut summary = Summary::default();
        let mut entries = workspace.index.all();
        entries.iter().for_each(|entry| summary.add(entry.info.status));
        entries.sort_by_cached_key(|entry| std::cmp::Reverse(entry.latest_activity()));
        let recent = entries.iter().take(recent_limit as usize);
        let active = entries.iter().find(|entry| entry.info.status == TaskStatus::Running);
        Ok(Dashboard {
            summary,
            recent_tasks: recent.map(|entry| workspace.view(entry, Detail::Full)).collect(),
            template_count: view.templates.len() as u64,
            active_task: active.map(|entry| workspace.view(entry, Detail::Full)),
            workspace: view,
        })
    }
}
