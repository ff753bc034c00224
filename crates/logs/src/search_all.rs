//! Searches the logs of many tasks.

use common::log::{DEFAULT_MATCHES, SearchAllQuery};
use store::Result;
use store::task::TaskDir;

use super::search::{ReadySearch, Search};
use super::{files, matcher};

/// A compiled search over the logs of tasks.
pub struct SearchAll {
    search: Search,
    all_runs: bool,
}

impl SearchAll {
    /// Compiles the expression of a query.
    ///
    /// # Errors
    /// When it is invalid.
    pub fn new(query: &SearchAllQuery) -> Result<Self> {
        let matcher = matcher::matcher(&query.q, query.regex, query.case)?;
        let limit = query.limit.unwrap_or(DEFAULT_MATCHES);
        Ok(Self { search: Search::new(matcher, limit, false), all_runs: query.all_runs })
    }

    /// Prepares a search in the logs of these tasks, in their order.
    #[must_use]
    pub fn of_tasks(self, dirs: Vec<TaskDir>) -> ReadySearch {
        let Self { mut search, all_runs } = self;
        Box::new(move |client| {
            for dir in dirs {
                for log in logs(&dir, all_runs) {
                    let path = dir.run_logs().join(&log);
                    match search.file(&path, dir.name(), &log, client) {
                        Ok(true) => {}
                        Ok(false) => return Ok(()),
                        // A task that was deleted meanwhile does not end the search.
                        Err(error) => tracing::debug!(%error, "a log is not searched"),
                    }
                }
            }
            client.take(search.done());
            Ok(())
        })
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
