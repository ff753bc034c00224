//! `GET /api/tasks`: filter, order, page; all in memory.

use common::page::{TaskPage, TaskQuery};
use common::{Task, TaskStatus};

use super::TaskEntry;
use super::search::Needles;
use super::view::{self, Detail};
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::workspace::Workspace;
use store::{Error, Result};

/// The most tasks that a page may be asked for. All of them, a limit of 0, is another question.
const MAX_PAGE: i64 = 100_000;

impl Engine {
    /// The tasks that match, in order, one page of them.
    ///
    /// # Errors
    /// When the status is none, or the page too large.
    pub fn list_tasks(&self, pick: &Pick, query: &TaskQuery) -> Result<TaskPage> {
        if query.limit > MAX_PAGE {
            return Err(Error::invalid(format!(
                "limit: a page has at most {MAX_PAGE} tasks; 0 asks for all."
            )));
        }
        let status = wanted_status(&query.status)?;
        let workspace = self.pick(pick)?;
        let needles = Needles::new(&query.query);
        let wanted = Wanted {
            needles: Some(&needles).filter(|needles| !needles.is_empty()),
            status,
            offset: usize::try_from(query.offset).unwrap_or(usize::MAX),
            limit: usize::try_from(query.limit).ok().filter(|limit| *limit > 0),
        };
        let found = workspace.index.find(&Sorting::parse(&query.sort), &wanted);
        let detail = if query.compact { Detail::Compact } else { Detail::Full };
        let mut items: Vec<Task> = found
            .entries
            .iter()
            .map(|entry| shown(&workspace, entry, detail, query.reveal))
            .collect();
        let dirs = found.entries.iter().map(|entry| &entry.dir);
        workspace.failures.complete(dirs.zip(&mut items));
        let count = |status| (status, found.counts.get(&status).copied().unwrap_or_default());
        Ok(TaskPage {
            has_more: query.offset.saturating_add(items.len() as u64) < found.total,
            items,
            total: found.total,
            offset: query.offset,
            limit: query.limit,
            status_counts: TaskStatus::ALL.into_iter().map(count).collect(),
        })
    }
}

fn shown(workspace: &Workspace, entry: &TaskEntry, detail: Detail, reveal: bool) -> Task {
    let mut task = workspace.view(entry, detail);
    if reveal {
        view::reveal(&mut task, entry);
    }
    task
}

/// The status that a filter means; nothing means all.
///
/// # Errors
/// When it is none.
pub(crate) fn wanted_status(text: &str) -> Result<Option<TaskStatus>> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Ok(None);
    }
    TaskStatus::parse(text)
        .map(Some)
        .ok_or_else(|| Error::invalid(format!("status: '{text}' is none of All, pending, queued, running, completed, failed, cancelled.")))
}
