//! `/api/runs`: filter, sort, group, page; all in memory.

use std::sync::MutexGuard;
use std::time::Instant;

use common::metric::{Pick as Figure, RunRef};
use common::runs::{Cell, ColumnList, RunRow, RunsPage, RunsQuery};

use super::cached::Current;
use super::scope::Scope;
use super::table::{Table, TableSources};
use super::{group, select};
use crate::engine::{Engine, Pick};
use crate::tensorboard::Which;
use crate::workspace::Workspace;
use metrics::table::ColumnPosition;
use metrics::table::names::{self, NamedColumn};
use store::Result;

impl Engine {
    /// A page of the table of runs.
    ///
    /// # Errors
    /// When the filter cannot be read or a column is not there; the text names the field and the place.
    pub fn runs(&self, pick: &Pick, query: &RunsQuery) -> Result<RunsPage> {
        let workspace = self.pick(pick)?;
        let mut table = self.runs_table_of(&workspace);
        table.within(query, |table, scope| page(table, scope, query))
    }

    /// All columns that hold something in the rows that a query means.
    ///
    /// # Errors
    /// When the filter cannot be read or names a column that is not there.
    pub fn runs_columns(&self, pick: &Pick, query: &RunsQuery) -> Result<ColumnList> {
        let workspace = self.pick(pick)?;
        let mut table = self.runs_table_of(&workspace);
        table.within(query, |table, scope| {
            let places = table.columns.all(&Figure::ALL).into_iter();
            let named: Vec<NamedColumn> = places.filter_map(|place| named_at(table, place)).collect();
            let infos = scope.infos(&table.columns, &named).into_iter();
            let items = infos.filter(|info| info.count > 0).collect();
            Ok(ColumnList { items, total: scope.slots.len() as u64 })
        })
    }

    /// The runs that a filter means, in the order of the list of tasks.
    ///
    /// # Errors
    /// When the filter cannot be read or names a column that is not there.
    pub(crate) fn runs_of_filter(
        &self,
        workspace: &Workspace,
        filter: &str,
    ) -> Result<Vec<RunRef>> {
        let query = RunsQuery { filter: filter.to_owned(), ..RunsQuery::default() };
        let mut table = self.runs_table_of(workspace);
        table.within(&query, |table, scope| {
            let rows = scope.slots.iter().map(|slot| &table.rows[*slot]);
            let runs = rows.filter(|row| row.run > 0);
            Ok(runs.map(|row| RunRef::new(row.task(), row.run)).collect())
        })
    }
}

impl Engine {
    /// The table of a workspace as of now.
    fn runs_table_of<'a>(&self, workspace: &'a Workspace) -> MutexGuard<'a, Current> {
        let until = Instant::now() + self.patience();
        workspace.look_for_events(Which::All);
        let sources = TableSources {
            root: &workspace.root,
            index: &workspace.index,
            imports: &workspace.imports,
            event_figures: &workspace.event_figures,
        };
        workspace.runs_table.refresh(sources, self.metric_store(), until)
    }
}

/// Answers a query from its scope.
fn page(table: &Table, scope: &mut Scope, query: &RunsQuery) -> Result<RunsPage> {
    let by = named(table, "group", &query.group)?;
    let mut slots = scope.slots.to_vec();
    select::sort(table, query, &mut slots)?;
    let columns = shown(table, query, &slots)?;
    let mut page = RunsPage {
        columns: scope.infos(&table.columns, &columns),
        total: slots.len() as u64,
        offset: query.offset,
        ..RunsPage::default()
    };
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let limit = usize::try_from(query.limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let end = offset.saturating_add(limit);
    if by.is_empty() {
        page.has_more = end < slots.len();
        let window = slots.into_iter().skip(offset).take(limit);
        page.rows = window.map(|slot| row(table, &columns, slot)).collect();
        return Ok(page);
    }
    let keys: Vec<String> = query.sort.iter().map(|key| key.column.clone()).collect();
    let keys = named(table, "sort", &keys)?;
    let mut groups = group::groups(table, &by, &slots);
    group::sort(table, query, &keys, &mut groups);
    page.group_total = groups.len() as u64;
    page.has_more = end < groups.len();
    let window = groups.into_iter().skip(offset).take(limit);
    page.groups = window.map(|group| group::row(table, &columns, group)).collect();
    Ok(page)
}

fn named(table: &Table, field: &str, names: &[String]) -> Result<Vec<NamedColumn>> {
    names.iter().map(|name| names::of_field(&table.columns, field, name)).collect()
}

/// The columns that are shown: the asked ones, else those that hold something.
fn shown(table: &Table, query: &RunsQuery, slots: &[usize]) -> Result<Vec<NamedColumn>> {
    if !query.columns.is_empty() {
        return named(table, "columns", &query.columns);
    }
    let holds =
        |place: &_| slots.iter().any(|slot| !table.columns.cell(*place, *slot).is_missing());
    let places = table.columns.all(&[Figure::Best, Figure::Last]).into_iter().filter(holds);
    Ok(places.filter_map(|place| named_at(table, place)).collect())
}

fn named_at(table: &Table, place: ColumnPosition) -> Option<NamedColumn> {
    Some(NamedColumn { column: table.columns.column(place)?, position: Some(place) })
}

fn row(table: &Table, columns: &[NamedColumn], slot: usize) -> RunRow {
    let meta = &table.rows[slot];
    let cell = |named: &NamedColumn| match named.position {
        Some(place) => table.columns.cell(place, slot).into_owned(),
        None => Cell::Missing,
    };
    RunRow {
        task: meta.task().to_owned(),
        run: meta.run,
        status: meta.status,
        cells: columns.iter().map(cell).collect(),
    }
}
