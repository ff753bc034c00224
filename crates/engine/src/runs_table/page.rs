//! Queries of the runs table: filters, sorts, groups and pages in memory.

use std::sync::MutexGuard;
use std::time::Instant;

use common::metric::{RunRef, Statistic};
use common::runs::{Cell, ColumnList, RunRow, RunsPage, RunsQuery};

use super::cached::TableState;
use super::scope::Scope;
use super::table::{Table, TableSources};
use super::{group, select};
use crate::engine::{Engine, WorkspaceSelector};
use crate::tensorboard::ScanScope;
use crate::workspace::Workspace;
use metrics::table::ColumnPosition;
use metrics::table::names::{self, NamedColumn};
use store::Result;

impl Engine {
    /// A page of the runs table.
    ///
    /// # Errors
    /// If the filter is invalid or a column is unknown; the text names the field and the position.
    pub fn runs(&self, selector: &WorkspaceSelector, query: &RunsQuery) -> Result<RunsPage> {
        let workspace = self.workspace_of(selector)?;
        let mut table = self.runs_table_of(&workspace);
        table.within(query, |table, scope| page(table, scope, query))
    }

    /// All columns with values in the rows of a query.
    ///
    /// # Errors
    /// If the filter is invalid or names an unknown column.
    pub fn runs_columns(
        &self,
        selector: &WorkspaceSelector,
        query: &RunsQuery,
    ) -> Result<ColumnList> {
        let workspace = self.workspace_of(selector)?;
        let mut table = self.runs_table_of(&workspace);
        table.within(query, |table, scope| {
            let places = table.columns.all(&Statistic::ALL).into_iter();
            let named: Vec<NamedColumn> =
                places.filter_map(|place| named_at(table, place)).collect();
            let infos = scope.infos(&table.columns, &named).into_iter();
            let items = infos.filter(|info| info.count > 0).collect();
            Ok(ColumnList { items, total: scope.slots.len() as u64 })
        })
    }

    /// The runs that match a filter, in the order of the task list.
    ///
    /// # Errors
    /// If the filter is invalid or names an unknown column.
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
    /// The refreshed table of a workspace.
    fn runs_table_of<'a>(&self, workspace: &'a Workspace) -> MutexGuard<'a, TableState> {
        let until = Instant::now() + self.response_timeout();
        workspace.scan_event_files(ScanScope::All);
        let sources = TableSources {
            root: &workspace.root,
            index: &workspace.index,
            imports: &workspace.imports,
            event_statistics: &workspace.event_statistics,
        };
        workspace.runs_table.refresh(sources, self.metric_store(), until)
    }
}

/// The page of a query.
fn page(table: &Table, scope: &mut Scope, query: &RunsQuery) -> Result<RunsPage> {
    let by = named(table, "group", &query.group)?;
    let mut slots = scope.slots.to_vec();
    select::sort(table, query, &mut slots)?;
    let columns = visible_columns(table, query, &slots)?;
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

/// The visible columns: the requested ones, else those with values.
fn visible_columns(table: &Table, query: &RunsQuery, slots: &[usize]) -> Result<Vec<NamedColumn>> {
    if !query.columns.is_empty() {
        return named(table, "columns", &query.columns);
    }
    let holds =
        |place: &_| slots.iter().any(|slot| !table.columns.cell(*place, *slot).is_missing());
    let places = table.columns.all(&[Statistic::Best, Statistic::Last]).into_iter().filter(holds);
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
