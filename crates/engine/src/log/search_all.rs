//! Searches the logs of many tasks.

use std::collections::HashSet;

use common::log::SearchAllQuery;
use logs::{ReadySearch, SearchAll};
use store::Result;
use store::task::TaskDir;

use crate::engine::{Engine, WorkspaceSelector};
use crate::index::{IndexQuery, Sorting};
use crate::task::{SearchTerms, parse_status_filter};

impl Engine {
    /// Searches lines in the logs of all tasks that match a filter, in the order of the list. Matches are sent as
    /// they are found.
    ///
    /// # Errors
    /// If the filter or the expression is invalid. Then no result was sent.
    pub fn search_logs(
        &self,
        selector: &WorkspaceSelector,
        query: &SearchAllQuery,
    ) -> Result<ReadySearch> {
        let status = parse_status_filter(&query.status)?;
        let workspace = self.workspace_of(selector)?;
        let search = SearchAll::new(query)?;
        let terms = SearchTerms::new(&query.query);
        let terms = Some(&terms).filter(|terms| !terms.is_empty());
        let index_query = IndexQuery { terms, status, ..IndexQuery::default() };
        let names: HashSet<&str> =
            query.tasks.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
        let found = workspace.index.find(&Sorting::default_order(), &index_query);
        let dirs: Vec<TaskDir> = found
            .entries
            .iter()
            .filter(|entry| names.is_empty() || names.contains(entry.name().as_str()))
            .map(|entry| entry.dir.clone())
            .collect();
        Ok(search.of_tasks(dirs))
    }
}
