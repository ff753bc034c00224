//! What the parts of the table share: the view, the columns, the rows that were read, what is chosen.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use common::live::Change;
use common::metric::RunRef;
use common::runs::{ColumnInfo, GroupRow, RunRow, RunsPage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::api::{list_run_columns, list_runs};
use super::choose;
use super::view::TableView;
use crate::components::chart::Shared;
use crate::components::{Toasts, use_toasts};
use crate::pages::curves::run_id;
use crate::pages::query::Query;
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// Rows that are asked for at once.
pub(super) const CHUNK: u64 = 100;
/// How long changes of tasks are gathered before rows are read anew.
const TASK_GAP: Duration = Duration::from_millis(400);
/// The same for points of curves, which come all the time.
const METRIC_GAP: Duration = Duration::from_millis(1500);

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    /// A run.
    Run(RunRow),
    /// Runs with the same values in the grouped columns.
    Group(GroupRow),
}

impl Entry {
    /// What it is known as: in the selection, and among the curves.
    pub(super) fn id(&self) -> Arc<str> {
        match self {
            Self::Run(row) => run_id(&row.task, row.run),
            Self::Group(group) => group_name(group).into(),
        }
    }

    /// Its runs, as far as there are any.
    pub(super) fn runs(&self) -> Vec<RunRef> {
        match self {
            Self::Run(row) => vec![RunRef::new(row.task.clone(), row.run)],
            Self::Group(group) => group.runs.clone(),
        }
    }
}

/// `lr = 0.1, seed = 3` without the names: what tells the group from the others.
pub(super) fn group_name(group: &GroupRow) -> String {
    let words: Vec<String> = group
        .key
        .iter()
        .map(|cell| common::runs::cell_text(cell, common::runs::ColumnKind::Number))
        .map(|word| if word.is_empty() { "–".to_owned() } else { word })
        .collect();
    words.join(" · ")
}

/// The columns that are shown and how many rows there are, as of the last answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// The columns, in the order of the cells.
    pub(super) columns: Vec<ColumnInfo>,
    /// Rows, or groups.
    pub(super) total: u64,
    /// Runs in all.
    pub(super) run_total: u64,
}

/// Handles to everything; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) ws: Memo<Option<String>>,
    pub(super) view: Memo<TableView>,
    set_view: Callback<TableView>,
    /// Only these runs, where there are any.
    only: Signal<Vec<RunRef>>,
    /// All columns that hold something.
    pub(super) all: RwSignal<Shared<Vec<ColumnInfo>>>,
    /// Names of those that are shown.
    pub(super) columns: Memo<Vec<String>>,
    pub(super) frame: RwSignal<Shared<Frame>>,
    /// Rows that were read, by their place divided by [`CHUNK`].
    pub(super) chunks: RwSignal<HashMap<u64, Shared<Vec<Entry>>>>,
    /// Why the rows could not be read: mostly a filter that is wrong.
    pub(super) error: RwSignal<Option<String>>,
    /// The first answer is on its way.
    pub(super) loading: RwSignal<bool>,
    /// Chosen rows: what they are known as, and their runs.
    pub(super) chosen: RwSignal<BTreeMap<Arc<str>, Vec<RunRef>>>,
    /// The row whose curve is brought out.
    pub(super) lit: RwSignal<Option<Arc<str>>>,
    /// Counts what was asked, so that an answer to an earlier question changes nothing.
    asked: StoredValue<u64>,
    reload: RwSignal<u64>,
    pub(super) toasts: Toasts,
}

/// Makes the table of a page; its view stands in the page's URL.
pub(super) fn provide_table(
    only: Signal<Vec<RunRef>>,
    lit: RwSignal<Option<Arc<str>>>,
    chosen: RwSignal<BTreeMap<Arc<str>, Vec<RunRef>>>,
) -> Table {
    let location = use_location();
    let (search, path) = (location.search, location.pathname);
    let navigate = use_navigate();
    let view = Memo::new(move |_| search.with(|raw| TableView::read(&Query::parse(raw))));
    let set_view = Callback::new(move |view: TableView| {
        let query = search.with_untracked(|raw| view.write(Query::parse(raw)));
        let options = NavigateOptions { scroll: false, replace: true, ..Default::default() };
        navigate(&format!("{}{}", path.get_untracked(), query.to_search()), options);
    });
    let all = RwSignal::new(Shared::<Vec<ColumnInfo>>::default());
    let columns = Memo::new(move |_| all.with(|all| view.with(|view| choose::columns(all, view))));
    let table = Table {
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
        lit,
        asked: StoredValue::new(0),
        reload: RwSignal::new(0),
        toasts: use_toasts(),
    };
    table.follow();
    provide_context(table);
    table
}

/// The table around the calling component.
pub(super) fn use_table() -> Table {
    expect_context::<Table>()
}

impl Table {
    /// Shows another view, and puts it into the URL.
    pub(super) fn show(self, change: impl FnOnce(TableView) -> TableView) {
        let view = change(self.view.get_untracked());
        if view != self.view.get_untracked() {
            self.set_view.run(view);
        }
    }

    /// The row at a place, if it was read.
    pub(super) fn entry(self, place: u64) -> Option<Entry> {
        let at = usize::try_from(place % CHUNK).unwrap_or(0);
        self.chunks.with(|chunks| chunks.get(&(place / CHUNK))?.get(at).cloned())
    }

    /// Reads the rows around these places that are not here yet.
    pub(super) fn want(self, first: u64, last: u64) {
        for chunk in first / CHUNK..=last / CHUNK {
            if !self.chunks.with_untracked(|chunks| chunks.contains_key(&chunk)) {
                self.fetch(chunk, false);
            }
        }
    }

    fn follow(self) {
        // What the rows depend on; widths, pins and colours do not count.
        let scope = Memo::new(move |_| {
            let view = self.view.get();
            (self.ws.get(), view.filter, view.all_runs, self.only.get())
        });
        Effect::new(move |_| {
            // Read and not only tracked: a memo that nobody reads never changes.
            scope.get();
            self.reload.track();
            self.fetch_columns();
        });
        let order = Memo::new(move |_| {
            let view = self.view.get();
            (scope.get(), view.sort, view.group, self.columns.get())
        });
        Effect::new(move |_| {
            order.get();
            self.reload.track();
            if !self.all.with_untracked(|all| all.is_empty()) {
                self.fetch(0, true);
            }
        });
        let waiting = StoredValue::new(false);
        use_live().on(move |change| {
            let Some(gap) = gap_after(change, self.ws.get_untracked().as_deref()) else { return };
            if !waiting.get_value() {
                waiting.set_value(true);
                let refresh = move || {
                    // The page may be gone by then.
                    if waiting.try_set_value(false).is_none() {
                        let _ = self.reload.try_update(|count| *count += 1);
                    }
                };
                set_timeout(refresh, gap);
            }
        });
    }

    fn fetch_columns(self) {
        let query = self.view.get_untracked().runs_query(Vec::new(), self.only.get_untracked());
        let query = common::runs::RunsQuery { sort: Vec::new(), group: Vec::new(), ..query };
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            match list_run_columns(ws, query).await {
                Ok(list) => {
                    let _ = self.error.try_set(None);
                    let old = self.all.try_with_untracked(|all| all.to_vec());
                    // Equal columns must not ask for the rows again.
                    if old.is_some_and(|old| old != list.items) {
                        let _ = self.all.try_set(Shared::new(list.items));
                    }
                }
                Err(error) => {
                    let _ = self.error.try_set(Some(error.to_string()));
                }
            }
            let _ = self.loading.try_set(false);
        });
    }

    /// Reads a chunk; `anew` throws away what was read before, once the answer is here.
    fn fetch(self, chunk: u64, anew: bool) {
        if anew {
            self.asked.update_value(|count| *count += 1);
        }
        let number = self.asked.get_value();
        let columns = self.columns.get_untracked();
        let mut query = self.view.get_untracked().runs_query(columns, self.only.get_untracked());
        (query.offset, query.limit) = (chunk * CHUNK, i64::try_from(CHUNK).unwrap_or(100));
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            let answer = list_runs(ws, query).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(page) => self.take(chunk, page, anew),
                Err(error) => self.error.set(Some(error.to_string())),
            }
        });
    }

    fn take(self, chunk: u64, page: RunsPage, anew: bool) {
        let grouped = !page.groups.is_empty();
        let entries: Vec<Entry> = if grouped {
            page.groups.into_iter().map(Entry::Group).collect()
        } else {
            page.rows.into_iter().map(Entry::Run).collect()
        };
        let total = if grouped { page.group_total } else { page.total };
        if anew {
            self.error.set(None);
            let frame = Frame { columns: page.columns, total, run_total: page.total };
            self.frame.set(Shared::new(frame));
        }
        self.chunks.update(|chunks| {
            if anew {
                chunks.clear();
            }
            chunks.insert(chunk, Shared::new(entries));
        });
    }

    /// Chooses a row, or lets it go.
    pub(super) fn toggle(self, entry: &Entry) {
        let id = entry.id();
        self.chosen.update(|chosen| {
            if chosen.remove(&id).is_none() {
                chosen.insert(id, entry.runs());
            }
        });
    }

    /// Chooses all rows from one place to another, as far as they were read.
    pub(super) fn choose_range(self, from: u64, to: u64) {
        let entries = (from.min(to)..=from.max(to))
            .filter_map(|place| untrack(|| self.entry(place)))
            .collect::<Vec<_>>();
        self.chosen.update(|chosen| {
            chosen.extend(entries.iter().map(|entry| (entry.id(), entry.runs())));
        });
    }
}

/// How soon the rows are read anew after a change; nothing where it means nothing to them.
fn gap_after(change: &Change, ws: Option<&str>) -> Option<Duration> {
    let here = |place: &str| ws.is_none_or(|ws| ws == place);
    match change {
        Change::Resync => Some(TASK_GAP),
        Change::TaskAdded { workspace, .. }
        | Change::TaskChanged { workspace, .. }
        | Change::TaskRemoved { workspace, .. } => here(workspace).then_some(TASK_GAP),
        Change::MetricsChanged { workspace, .. } => here(workspace).then_some(METRIC_GAP),
        _ => None,
    }
}
