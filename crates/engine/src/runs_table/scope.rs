//! What a filter means, kept while the rows stay as they are: sorting and turning pages ask again and again.

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

/// How many filters are kept: a table, what it is compared with, and another window of the same.
const MOST: usize = 4;

/// With so many rows a look at a column takes longer than starting a thread.
const MANY_ROWS: usize = 1000;

/// Filters that were asked for, the latest last.
#[derive(Default)]
pub(super) struct Scopes {
    held: Vec<Scope>,
}

/// The rows that a filter means, and what is known of their columns.
pub(super) struct Scope {
    filter: String,
    runs: WhichRuns,
    only: Vec<RunRef>,
    /// In the order of the list of tasks.
    pub(super) slots: Arc<[usize]>,
    infos: HashMap<ColumnPosition, ColumnInfo>,
}

impl Scopes {
    /// Forgets all: rows have come, gone or changed.
    pub(super) fn clear(&mut self) {
        self.held.clear();
    }

    /// Some rows have other values there.
    pub(super) fn forget(&mut self, changed: &HashSet<ColumnValues>) {
        // What a filter means may depend on them.
        self.held.retain(|scope| scope.filter.is_empty());
        for scope in &mut self.held {
            scope.infos.retain(|place, _| !changed.contains(&place.values()));
        }
    }
}

impl Scopes {
    /// Answers from the scope of a query.
    ///
    /// # Errors
    /// When the filter cannot be read, or names what is not there; and what `answer` fails with.
    pub(super) fn within<T>(
        &mut self,
        table: &Table,
        query: &RunsQuery,
        answer: impl FnOnce(&Table, &mut Scope) -> Result<T>,
    ) -> Result<T> {
        let mut scope = match self.held.iter().position(|scope| scope.is_of(query)) {
            Some(at) => self.held.remove(at),
            None => Scope::new(table, query)?,
        };
        let answered = answer(table, &mut scope);
        if self.held.len() == MOST {
            self.held.remove(0);
        }
        self.held.push(scope);
        answered
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

    /// What is known of columns' values, in their order; looked up with all cores where there are many rows.
    pub(super) fn infos(&mut self, columns: &TableColumns, all: &[NamedColumn]) -> Vec<ColumnInfo> {
        let is_new =
            |named: &&NamedColumn| named.position.is_some_and(|place| !self.infos.contains_key(&place));
        let new: Vec<&NamedColumn> = all.iter().filter(is_new).collect();
        let many = if self.slots.len() < MANY_ROWS { usize::MAX } else { 2 };
        let look = |named: &NamedColumn| stats::info(columns, &named.column, named.position, &self.slots);
        let found = in_parts(new, many, |part| {
            part.into_iter().filter_map(|named| Some((named.position?, look(named)))).collect()
        });
        self.infos.extend(found);
        let known = |named: &NamedColumn| self.infos.get(&named.position?).cloned();
        // Where no row has a value there is nothing to keep.
        all.iter().map(|named| known(named).unwrap_or_else(|| look(named))).collect()
    }
}
