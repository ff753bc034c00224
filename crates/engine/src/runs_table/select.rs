//! Filters and sorts rows.

use std::borrow::Cow;
use std::collections::HashSet;

use common::metric::{RunRef, Statistic};
use common::query::Query;
use common::runs::{Cell, ColumnKind, RunsQuery, WhichRuns};

use super::table::{RowSource, Table};
use metrics::table::names::{self, NamedColumn};
use metrics::table::{ColumnPosition, fixed_kind};
use store::{Error, Result};

/// The interface of a row for the query language.
struct QueryRow<'a> {
    table: &'a Table,
    slot: usize,
    names: &'a [NamedColumn],
}

impl common::query::Row for QueryRow<'_> {
    fn cell(&self, name: usize) -> Cow<'_, Cell> {
        match self.names.get(name).and_then(|named| named.position) {
            Some(place) => self.table.columns.cell(place, self.slot),
            None => Cow::Owned(Cell::Missing),
        }
    }

    fn latest(&self, name: usize) -> Cow<'_, Cell> {
        match self.names.get(name).and_then(|named| named.position) {
            Some(ColumnPosition::Metric(metric, Statistic::Best)) => {
                self.table.columns.cell(ColumnPosition::Metric(metric, Statistic::Last), self.slot)
            }
            _ => self.cell(name),
        }
    }

    fn kind(&self, name: usize) -> ColumnKind {
        self.names.get(name).and_then(|named| fixed_kind(&named.column)).unwrap_or_default()
    }

    fn text(&self) -> Cow<'_, str> {
        match self.table.rows.get(self.slot).map(|row| &row.of) {
            Some(RowSource::Task(entry)) => Cow::Borrowed(&entry.search_text),
            Some(RowSource::Import(run)) => Cow::Owned(run.search_text()),
            Some(RowSource::Free) | None => Cow::Borrowed(""),
        }
    }
}

/// The slots of the rows that match a query, in the order of the task list.
///
/// # Errors
/// If the filter is invalid or names an unknown column; with the position in its text.
pub(super) fn matching(table: &Table, query: &RunsQuery) -> Result<Vec<usize>> {
    let filter = Query::parse(&query.filter).map_err(Error::Filter)?;
    let names = names::of_query(&table.columns, &filter)?;
    let only: HashSet<&RunRef> = query.only.iter().collect();
    let is_chosen = |slot: &usize| {
        let Some(row) = table.rows.get(*slot) else {
            return false;
        };
        if only.is_empty() {
            return query.runs == WhichRuns::All || row.is_newest;
        }
        let named = |run| only.contains(&RunRef::new(row.task(), run));
        named(row.run) || row.is_newest && named(0)
    };
    let passes = |slot: &usize| filter.matches(&QueryRow { table, slot: *slot, names: &names });
    Ok(table.order.iter().copied().filter(is_chosen).filter(passes).collect())
}

/// Sorts rows by the requested keys. The sort is stable.
///
/// # Errors
/// If a column is unknown.
pub(super) fn sort(table: &Table, query: &RunsQuery, slots: &mut [usize]) -> Result<()> {
    let mut keys = Vec::new();
    for key in &query.sort {
        let named = names::of_field(&table.columns, "sort", &key.column)?;
        if let Some(place) = named.position {
            keys.push((place, key.descending));
        }
    }
    // The last key is sorted first, because the sort is stable.
    for (place, descending) in keys.into_iter().rev() {
        sort_by(table, place, descending, slots);
    }
    Ok(())
}

fn sort_by(table: &Table, place: ColumnPosition, descending: bool, slots: &mut [usize]) {
    let mut cells: Vec<(Cow<'_, Cell>, usize)> =
        slots.iter().map(|slot| (table.columns.cell(place, *slot), *slot)).collect();
    cells.sort_by(|(a, _), (b, _)| a.compare_in(b, descending));
    for (slot, (_, sorted)) in slots.iter_mut().zip(cells) {
        *slot = sorted;
    }
}
