//! The shared state of the table: view, columns, loaded rows, selection.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{Cell, ColumnInfo, GroupRow, RunRow};
use leptos::prelude::*;

use super::column_set;
use super::view::TableView;
use crate::AppError;
use crate::components::chart::Shared;
use crate::components::{Toasts, use_toasts};
use crate::pages::curves::run_id;
use crate::state::page_url::use_page_url;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;

/// Number of rows in one request.
pub(super) const CHUNK_ROWS: u64 = 100;

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    /// A run.
    Run(RunRow),
    /// Runs with the same values in the grouped columns.
    Group(GroupRow),
}

impl Entry {
    /// The identifier in the selection and among the curves.
    pub(super) fn id(&self) -> Arc<str> {
        match self {
            Self::Run(row) => run_id(&row.task, row.run),
            Self::Group(group) => group_name(group).into(),
        }
    }

    /// The value in a column; for a group the common value of its runs.
    pub(super) fn value(&self, position: usize) -> Option<Cell> {
        match self {
            Self::Run(row) => Some(row.cells.get(position).cloned().unwrap_or_default()),
            Self::Group(group) => group.cells.get(position)?.value.clone(),
        }
    }

    /// The runs of the row.
    pub(super) fn runs(&self) -> Vec<RunRef> {
        match self {
            Self::Run(row) => vec![RunRef::new(row.task.clone(), row.run)],
            Self::Group(group) => group.runs.clone(),
        }
    }
}

/// The values of the group columns, joined: `0.1 · 3`.
pub(super) fn group_name(group: &GroupRow) -> String {
    let words: Vec<String> = group
        .key
        .iter()
        .map(|cell| common::runs::cell_text(cell, common::runs::ColumnKind::Number))
        .map(|word| if word.is_empty() { "–".to_owned() } else { word })
        .collect();
    words.join(" · ")
}

/// The columns and the number of rows, as of the last response.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TableFrame {
    /// The columns, in the order of the cells.
    pub(super) columns: Vec<ColumnInfo>,
    /// Number of rows, or of groups.
    pub(super) total: u64,
    /// Number of runs.
    pub(super) run_total: u64,
}

/// Handle to the state; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct RunsTable {
    pub(super) ws: Memo<Option<String>>,
    pub(super) view: Memo<TableView>,
    set_view: Callback<TableView>,
    /// Only these runs, if not empty.
    pub(super) only: Signal<Vec<RunRef>>,
    /// All columns that have values.
    pub(super) all: RwSignal<Shared<Vec<ColumnInfo>>>,
    /// Names of the displayed columns.
    pub(super) columns: Memo<Vec<String>>,
    pub(super) frame: RwSignal<Shared<TableFrame>>,
    /// Loaded rows, by row index divided by [`CHUNK_ROWS`].
    pub(super) chunks: RwSignal<HashMap<u64, Shared<Vec<Entry>>>>,
    /// Why the rows could not be fetched, usually an invalid filter.
    pub(super) error: RwSignal<Option<AppError>>,
    /// The first request is pending.
    pub(super) loading: RwSignal<bool>,
    /// The selected rows: identifiers and runs.
    pub(super) chosen: RwSignal<BTreeMap<Arc<str>, Vec<RunRef>>>,
    /// The highlighted row.
    pub(super) highlighted: RwSignal<Option<Arc<str>>>,
    /// Number of the newest request; responses of earlier ones are ignored.
    pub(super) request_number: StoredValue<u64>,
    /// Chunks that are being fetched.
    pub(super) in_flight: StoredValue<HashSet<u64>>,
    /// The first and the last visible chunk.
    pub(super) visible_chunks: StoredValue<(u64, u64)>,
    pub(super) reload: RwSignal<u64>,
    pub(super) toasts: Toasts,
}

/// Provides the table of a page. It fetches nothing before [`RunsTable::follow`] is called. Its view is stored in the URL.
pub(super) fn provide_table(
    only: Signal<Vec<RunRef>>,
    highlighted: RwSignal<Option<Arc<str>>>,
    chosen: RwSignal<BTreeMap<Arc<str>, Vec<RunRef>>>,
) -> RunsTable {
    let url = use_page_url();
    let view = Memo::new(move |_| url.search().with(|raw| TableView::read(&UrlQuery::parse(raw))));
    let set_view = Callback::new(move |view: TableView| {
        url.set_query(&view.write(url.query()), true);
    });
    let all = RwSignal::new(Shared::<Vec<ColumnInfo>>::default());
    let columns =
        Memo::new(move |_| all.with(|all| view.with(|view| column_set::columns(all, view))));
    let table = RunsTable {
        ws: use_ws(),
        view,
        set_view,
        only,
        all,
        columns,
        frame: RwSignal::new(Shared::default()),
        chunks: RwSignal::new(HashMap::new()),
        error: RwSignal::new(None),
        loading: RwSignal::new(true),
        chosen,
        highlighted,
        request_number: StoredValue::new(0),
        in_flight: StoredValue::new(HashSet::new()),
        visible_chunks: StoredValue::new((0, 0)),
        reload: RwSignal::new(0),
        toasts: use_toasts(),
    };
    provide_context(table);
    table
}

/// The table around the calling component.
pub(super) fn use_table() -> RunsTable {
    expect_context::<RunsTable>()
}

impl RunsTable {
    /// Changes the view, and stores it in the URL.
    pub(super) fn show(self, change: impl FnOnce(TableView) -> TableView) {
        let view = change(self.view.get_untracked());
        if view != self.view.get_untracked() {
            self.set_view.run(view);
        }
    }

    /// The row at an index, if loaded.
    pub(super) fn entry(self, position: u64) -> Option<Entry> {
        let at = usize::try_from(position % CHUNK_ROWS).unwrap_or(0);
        self.chunks.with(|chunks| chunks.get(&(position / CHUNK_ROWS))?.get(at).cloned())
    }

    /// Selects or deselects a row.
    pub(super) fn toggle(self, entry: &Entry) {
        let id = entry.id();
        self.chosen.update(|chosen| {
            if chosen.remove(&id).is_none() {
                chosen.insert(id, entry.runs());
            }
        });
    }

    /// Selects a range of rows, as far as loaded.
    pub(super) fn choose_range(self, from: u64, to: u64) {
        let entries = (from.min(to)..=from.max(to))
            .filter_map(|position| untrack(|| self.entry(position)))
            .collect::<Vec<_>>();
        self.chosen.update(|chosen| {
            chosen.extend(entries.iter().map(|entry| (entry.id(), entry.runs())));
        });
    }
}
