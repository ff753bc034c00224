//! Fetches columns and rows: initially, while scrolling, and after events.

use std::collections::HashSet;
use std::time::Duration;

use common::live::Change;
use common::runs::{RunsPage, RunsQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{list_run_columns, list_runs};
use super::state::{CHUNK_ROWS, Entry, RunsTable, TableFrame};
use crate::components::chart::Shared;
use crate::state::live::use_live;

/// Delay between a change of a task and fetching the rows again.
const TASK_GAP: Duration = Duration::from_millis(400);
/// Delay for new points of curves, which are frequent.
const METRIC_GAP: Duration = Duration::from_millis(1500);

impl RunsTable {
    /// Fetches the rows of an index range that are not loaded. Tracks the loaded ones.
    pub(super) fn request_rows(self, first: u64, last: u64) {
        let (first, last) = (first / CHUNK_ROWS, last / CHUNK_ROWS);
        self.visible_chunks.set_value((first, last));
        for chunk in first..=last {
            let is_here = self.chunks.with(|chunks| chunks.contains_key(&chunk));
            if !is_here && !self.in_flight.with_value(|chunks| chunks.contains(&chunk)) {
                self.fetch(chunk, chunk, false);
            }
        }
    }

    /// Fetches columns and rows whenever their inputs change.
    pub(super) fn follow(self) {
        // The inputs of the rows; widths, pins and colours are not included.
        let scope = Memo::new(move |_| {
            let view = self.view.get();
            (self.ws.get(), view.filter, view.all_runs, self.only.get())
        });
        Effect::new(move |_| {
            // Read and not only tracked: a memo that is never read is never updated.
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
                let (first, last) = self.visible_chunks.get_value();
                self.fetch(first, last, true);
            }
        });
        let waiting = StoredValue::new(false);
        use_live().on(move |change| {
            let Some(gap) = gap_after(change, self.ws.get_untracked().as_deref()) else { return };
            if !waiting.get_value() {
                waiting.set_value(true);
                let refresh = move || {
                    // The page may have been disposed.
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
        let query = RunsQuery { sort: Vec::new(), group: Vec::new(), ..query };
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            match list_run_columns(ws, query).await {
                Ok(list) => {
                    let _ = self.error.try_set(None);
                    let old = self.all.try_with_untracked(|all| all.to_vec());
                    // Equal columns must not fetch the rows again.
                    if old.is_some_and(|old| old != list.items) {
                        let _ = self.all.try_set(Shared::new(list.items));
                    }
                }
                Err(error) => {
                    let _ = self.error.try_set(Some(error));
                }
            }
            let _ = self.loading.try_set(false);
        });
    }

    /// Fetches chunks; `reset` discards all loaded rows once the response is received.
    fn fetch(self, first: u64, last: u64, reset: bool) {
        if reset {
            self.request_number.update_value(|count| *count += 1);
            self.in_flight.update_value(HashSet::clear);
        }
        self.in_flight.update_value(|chunks| chunks.extend(first..=last));
        let number = self.request_number.get_value();
        let columns = self.columns.get_untracked();
        let mut query = self.view.get_untracked().runs_query(columns, self.only.get_untracked());
        let rows = (last + 1 - first) * CHUNK_ROWS;
        (query.offset, query.limit) = (first * CHUNK_ROWS, i64::try_from(rows).unwrap_or(100));
        let ws = self.ws.get_untracked();
        spawn_local(async move {
            let response = list_runs(ws, query).await;
            if self.request_number.try_get_value() != Some(number) {
                return;
            }
            self.in_flight.update_value(|chunks| chunks.retain(|it| !(first..=last).contains(it)));
            match response {
                Ok(page) => self.store_page(first, page, reset),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn store_page(self, first: u64, page: RunsPage, reset: bool) {
        let grouped = !page.groups.is_empty();
        let entries: Vec<Entry> = if grouped {
            page.groups.into_iter().map(Entry::Group).collect()
        } else {
            page.rows.into_iter().map(Entry::Run).collect()
        };
        let total = if grouped { page.group_total } else { page.total };
        if reset {
            self.error.set(None);
            let frame = TableFrame { columns: page.columns, total, run_total: page.total };
            // A new frame redraws headers and cells; another order of rows does not change it.
            if self.frame.with_untracked(|old| **old != frame) {
                self.frame.set(Shared::new(frame));
            }
        }
        self.chunks.update(|chunks| {
            if reset {
                chunks.clear();
            }
            let parts = entries.chunks(usize::try_from(CHUNK_ROWS).unwrap_or(usize::MAX));
            chunks.extend((first..).zip(parts.map(|part| Shared::new(part.to_vec()))));
        });
    }
}

/// The delay before the rows are fetched after a change; `None` if it does not affect them.
fn gap_after(change: &Change, ws: Option<&str>) -> Option<Duration> {
    let here = |workspace: &str| ws.is_none_or(|ws| ws == workspace);
    match change {
        Change::Resync => Some(TASK_GAP),
        Change::TaskAdded { workspace, .. }
        | Change::TaskChanged { workspace, .. }
        | Change::TaskRemoved { workspace, .. } => here(workspace).then_some(TASK_GAP),
        Change::MetricsChanged { workspace, .. } => here(workspace).then_some(METRIC_GAP),
        _ => None,
    }
}
