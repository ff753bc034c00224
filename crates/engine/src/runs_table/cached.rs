//! The table of a workspace, kept between requests and brought up to date before each.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use common::runs::RunsQuery;
use metrics::MetricStore;
use store::Result;

use super::scope::{Scope, Scopes};
use super::table::{Table, TableSources};

/// The table of a workspace; empty until it is asked for.
#[derive(Default)]
pub(crate) struct RunsTable {
    current: Mutex<Current>,
}

/// The rows as of now, and the filters that were applied to them.
#[derive(Default)]
pub(super) struct Current {
    table: Table,
    scopes: Scopes,
}

impl RunsTable {
    /// The table as of now. Of event files beside tasks it has what was read of them until then; it waits for
    /// the first reading of them, no longer than `until`.
    pub(super) fn refresh(
        &self,
        sources: TableSources<'_>,
        store: &MetricStore,
        until: Instant,
    ) -> MutexGuard<'_, Current> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.refresh_rows(&sources);
        // They are read meanwhile; now their tasks alone are read again, if there are any.
        sources.event_figures.wait(until);
        current.refresh_rows(&sources);
        let changed = current.table.refresh_live(store);
        if !changed.is_empty() {
            current.scopes.forget(&changed);
        }
        current
    }
}

impl Current {
    fn refresh_rows(&mut self, sources: &TableSources<'_>) {
        if self.table.refresh(sources) {
            self.scopes.clear();
        }
    }

    /// Answers from the scope of a query.
    ///
    /// # Errors
    /// When the filter cannot be read, or names what is not there; and what `answer` fails with.
    pub(super) fn within<T>(
        &mut self,
        query: &RunsQuery,
        answer: impl FnOnce(&Table, &mut Scope) -> Result<T>,
    ) -> Result<T> {
        self.scopes.within(&self.table, query, answer)
    }
}
