//! Lists the tasks of a workspace, filtered, sorted and paged in memory.

use common::page::{TaskPage, TaskQuery};
use common::{Task, TaskStatus};

use super::TaskEntry;
use super::search::SearchTerms;
use super::view::{self, Detail};
use crate::engine::{Engine, WorkspaceSelector};
use crate::index::{IndexQuery, Sorting};
use crate::workspace::Workspace;
use store::{Error, Result};

/// Maximum page size. A limit of 0 requests all tasks and is always allowed.
const MAX_PAGE: i64 = 100_000;

impl Engine {
    /// One page of the matching tasks, in the requested order.
    ///
    /// # Errors
    /// If the status is unknown or the page is too large.
    pub fn list_tasks(&self, selector: &WorkspaceSelector, query: &TaskQuery) -> Result<TaskPage> {
        if query.limit > MAX_PAGE {
            return Err(Error::invalid(format!(
                "limit: a page has at most {MAX_PAGE} tasks; 0 asks for all."
            )));
        }
        let status = parse_status_filter(&query.status)?;
        let workspace = self.workspace_of(selector)?;
        let terms = SearchTerms::new(&query.query);
        let index_query = IndexQuery {
            terms: Some(&terms).filter(|terms| !terms.is_empty()),
            status,
            offset: usize::try_from(query.offset).unwrap_or(usize::MAX),
            limit: usize::try_from(query.limit).ok().filter(|limit| *limit > 0),
        };
        let page = workspace.index.find(&Sorting::parse(&query.sort), &index_query);
        let detail = if query.compact { Detail::Compact } else { Detail::Full };
        let mut items: Vec<Task> = page
            .entries
            .iter()
            .map(|entry| visible_task(&workspace, entry, detail, query.reveal))
            .collect();
        let dirs = page.entries.iter().map(|entry| &entry.dir);
        workspace.failures.complete(dirs.zip(&mut items));
        let count = |status| (status, page.counts.get(&status).copied().unwrap_or_default());
        Ok(TaskPage {
            has_more: query.offset.saturating_add(items.len() as u64) < page.total,
            items,
            total: page.total,
            offset: query.offset,
            limit: query.limit,
            status_counts: TaskStatus::ALL.into_iter().map(count).collect(),
        })
    }
}

fn visible_task(workspace: &Workspace, entry: &TaskEntry, detail: Detail, reveal: bool) -> Task {
    let mut task = workspace.view(entry, detail);
    if reveal {
        view::reveal(&mut task, entry);
    }
    task
}

/// Parses a status filter; `None` for an empty filter or `All`.
///
/// # Errors
/// If the text is not a status.
pub(crate) fn parse_status_filter(text: &str) -> Result<Option<TaskStatus>> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Ok(None);
    }
    TaskStatus::parse(text)
        .map(Some)
        .ok_or_else(|| Error::invalid(format!("status: '{text}' is none of All, pending, queued, running, completed, failed, cancelled.")))
}
