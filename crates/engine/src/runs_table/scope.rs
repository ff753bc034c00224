//! Scopes: the rows that match a filter, cached while the rows are unchanged, for sorting and paging.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{ColumnInfo, RunsQuery, WhichRuns};

use super::select;
use super::table::Table;
use metrics::table::names::NamedColumn;
use metrics::table::stats;
use metrics::table::{ColumnPosition, ColumnValues, TableColumns};
use store::Result;
use store::parallel::in_parts;

/// Number of cached filters.
const MAX_SCOPES: usize = 4;

/// Minimum number of rows for which columns are examined in parallel.
const MANY_ROWS: usize = 1000;

/// The cached scopes, least recently used first.
#[derive(Default)]
pub(super) struct Scopes {
    cached: Vec<Scope>,
}

/// The rows that match a filter, and the cached statistics of their columns.
pub(super) struct Scope {
    filter: String,
    runs: WhichRuns,
    only: Vec<RunRef>,
    /// In the order of the task list.
    pub(super) slots: Arc<[usize]>,
    infos: HashMap<ColumnPosition, ColumnInfo>,
}

impl Scopes {
    /// Clears the cache after rows were added, removed or changed.
    pub(super) fn clear(&mut self) {
        self.cached.clear();
    }

    /// Invalidates what depends on changed values.
    pub(super) fn forget(&mut self, changed: &HashSet<ColumnValues>) {
        // The result of a filter may depend on the values.
        self.cached.retain(|scope| scope.filter.is_empty());
        for scope in &mut self.cached {
            scope.infos.retain(|place, _| !changed.contains(&place.values()));
        }
    }
}

impl Scopes {
    /// Calls `respond` with the scope of a query.
    ///
    /// # Errors
    /// If the filter is invalid or names an unknown column; also the errors of `respond`.
    pub(super) fn within<T>(
        &mut self,
        table: &Table,
        query: &RunsQuery,
        respond: impl FnOnce(&Table, &mut Scope) -> Result<T>,
    ) -> Result<T> {
        let mut scope = match self.cached.iter().position(|scope| scope.is_of(query)) {
            Some(index) => self.cached.remove(index),
            None => Scope::new(table, query)?,
        };
        let result = respond(table, &mut scope);
        if self.cached.len() == MAX_SCOPES {
            self.cached.remove(0);
        }
        self.cached.push(scope);
        result
    }
}

impl Scope {
    fn new(table: &Table, query: &RunsQuery) -> Result<Self> {
        Ok(Self {
            slots: select::matching(table, query)?.into(),
            filter: query.filter.clone(),
            runs: query.runs,
            only: query.only.clone(),
            infos: HashMap::new(),
        })
    }

    fn is_of(&self, query: &RunsQuery) -> bool {
        (&self.filter, self.runs, &self.only) == (&query.filter, query.runs, &query.only)
    }

    /// Statistics of columns, in the given order; computed in parallel for many rows.
    pub(super) fn infos(&mut self, columns: &TableColumns, all: &[NamedColumn]) -> Vec<ColumnInfo> {
        let is_new = |named: &&NamedColumn| {
            named.position.is_some_and(|place| !self.infos.contains_key(&place))
        };
        let new: Vec<&NamedColumn> = all.iter().filter(is_new).collect();
        let many = if self.slots.len() < MANY_ROWS { usize::MAX } else { 2 };
        let compute =
            |named: &NamedColumn| stats::info(columns, &named.column, named.position, &self.slots);
        let found = in_parts(new, many, |part| {
            part.into_iter().filter_map(|named| Some((named.position?, compute(named)))).collect()
        });
        self.infos.extend(found);
        let known = |named: &NamedColumn| self.infos.get(&named.position?).cloned();
        // Columns without values are not cached.
        all.iter().map(|named| known(named).unwrap_or_else(|| compute(named))).collect()
    }
}
