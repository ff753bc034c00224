//! The lines of many tasks' logs that match.

use std::collections::HashSet;

use common::log::SearchAllQuery;
use logs::{ReadySearch, SearchAll};
use store::Result;
use store::task::TaskDir;

use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::{Needles, wanted_status};

impl Engine {
    /// Looks for lines in the logs of all tasks that a filter leaves, task by task in the order of the
    /// list. The search hands over what it finds as it finds it.
    ///
    /// # Errors
    /// When the filter or the expression is none. Nothing was handed over then.
    pub fn search_logs(&self, pick: &Pick, query: &SearchAllQuery) -> Result<ReadySearch> {
        let status = wanted_status(&query.status)?;
        let workspace = self.pick(pick)?;
        let search = SearchAll::new(query)?;
        let needles = Needles::new(&query.query);
        let needles = Some(&needles).filter(|needles| !needles.is_empty());
        let wanted = Wanted { needles, status, ..Wanted::default() };
        let names: HashSet<&str> =
            query.tasks.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
        let found = workspace.index.find(&Sorting::usual(), &wanted);
        let dirs: Vec<TaskDir> = found
            .entries
            .iter()
            .filter(|entry| names.is_empty() || names.contains(entry.name()))
            .map(|entry| entry.dir.clone())
            .collect();
        Ok(search.of_tasks(dirs))
    }
}
