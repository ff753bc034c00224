//! `GET /api/logs/search`: the lines of many tasks' logs that match.

use std::collections::HashSet;

use common::log::{DEFAULT_MATCHES, SearchAllQuery};

use super::search::{ReadySearch, Search};
use super::{files, matcher};
use crate::Result;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::{Needles, TaskDir, wanted_status};

impl Engine {
    /// Looks for lines in the logs of all tasks that a filter leaves, task by task in the order of the
    /// list. The search hands over what it finds as it finds it.
    ///
    /// # Errors
    /// When the filter or the expression is none. Nothing was handed over then.
    pub fn search_logs(&self, pick: &Pick, query: &SearchAllQuery) -> Result<ReadySearch> {
        let status = wanted_status(&query.status)?;
        let workspace = self.pick(pick)?;
        let matcher = matcher::matcher(&query.q, query.regex, query.case)?;
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
        let (limit, all_runs) = (query.limit.unwrap_or(DEFAULT_MATCHES), query.all_runs);
        Ok(Box::new(move |client| {
            let mut search = Search::new(matcher, limit, false);
            for dir in dirs {
                for log in logs(&dir, all_runs) {
                    let path = dir.run_logs().join(&log);
                    match search.file(&path, &dir.name(), &log, client) {
                        Ok(true) => {}
                        Ok(false) => return Ok(()),
                        // A task that was deleted meanwhile does not end the search.
                        Err(error) => tracing::debug!(%error, "a log is not searched"),
                    }
                }
            }
            client.take(search.done());
            Ok(())
        }))
    }
}

fn logs(dir: &TaskDir, all_runs: bool) -> Vec<String> {
    let mut logs: Vec<String> =
        files::available(dir).into_iter().filter(|log| log != files::ERROR_LOG).collect();
    if !all_runs {
        logs.drain(..logs.len().saturating_sub(1));
    }
    logs
}
