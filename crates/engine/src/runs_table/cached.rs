//! The runs table of a workspace, cached between requests and refreshed before each.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use common::runs::RunsQuery;
use metrics::MetricStore;
use store::Result;

use super::scope::{Scope, Scopes};
use super::table::{Table, TableSources};

/// The runs table of a workspace, filled by the first request.
#[derive(Default)]
pub(crate) struct RunsTable {
    current: Mutex<TableState>,
}

/// The table, and the cached scopes of filters.
#[derive(Default)]
pub(super) struct TableState {
    table: Table,
    scopes: Scopes,
}

impl RunsTable {
    /// The refreshed table. Statistics of event files are read in the background; this waits for the first scan of
    /// them, until `until` at most.
    pub(super) fn refresh(
        &self,
        sources: TableSources<'_>,
        store: &MetricStore,
        until: Instant,
    ) -> MutexGuard<'_, TableState> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.refresh_rows(&sources);
        // Refreshes the tasks whose event files were read meanwhile.
        sources.event_statistics.wait_for_first_scan(until);
        current.refresh_rows(&sources);
        let changed = current.table.refresh_running(store);
        if !changed.is_empty() {
            current.scopes.forget(&changed);
        }
        current
    }
}

impl TableState {
    fn refresh_rows(&mut self, sources: &TableSources<'_>) {
        if self.table.refresh(sources) {
            self.scopes.clear();
        }
    }

    /// Calls `respond` with the scope of a query.
    ///
    /// # Errors
    /// If the filter is invalid or names an unknown column; also the errors of `respond`.
    pub(super) fn within<T>(
        &mut self,
        query: &RunsQuery,
        respond: impl FnOnce(&Table, &mut Scope) -> Result<T>,
    ) -> Result<T> {
        self.scopes.within(&self.table, query, respond)
    }
}
