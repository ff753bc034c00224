//! Curves that are updated while their runs continue.

use std::time::Duration;

use common::live::Change;
use common::metric::SeriesRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{ApplyResult, CurveCache};
use super::fetch::fetch;
use super::labels::{LabelledRun, RunLabels};
use crate::AppError;
use crate::components::chart::{Board, Shared};
use crate::state::live::use_live;
use crate::state::workspace::use_ws;

/// Delay between an event and fetching the curves again.
const REFRESH_GAP: Duration = Duration::from_millis(250);
/// Delay between an event and drawing its points: one or two frames.
const DRAW_GAP: Duration = Duration::from_millis(40);

/// The state of the curves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CurveState {
    /// The first request is pending.
    Loading,
    /// The request failed.
    Failed(AppError),
    /// The curves are loaded.
    Ready(Shared<Board>),
}

/// Handle to live curves; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Follower {
    pub(super) state: RwSignal<CurveState>,
    /// All keys that the runs have.
    pub(super) keys: RwSignal<Vec<String>>,
    /// The reason why the response is incomplete, if it is.
    pub(super) limited: RwSignal<Option<String>>,
    cache: StoredValue<CurveCache>,
    labelled: Signal<Vec<LabelledRun>>,
    request: Signal<SeriesRequest>,
    ws: Memo<Option<String>>,
    /// Number of the newest request; responses of earlier ones are ignored.
    request_number: StoredValue<u64>,
    /// Keys that have grown and are not redrawn yet.
    grown: StoredValue<std::collections::BTreeSet<String>>,
}

/// Fetches curves in the browser, again when the request changes, and appends the points of events.
pub(crate) fn follow(
    request: Signal<SeriesRequest>,
    labelled: Signal<Vec<LabelledRun>>,
) -> Follower {
    let follower = Follower {
        state: RwSignal::new(CurveState::Loading),
        keys: RwSignal::new(Vec::new()),
        limited: RwSignal::new(None),
        cache: StoredValue::new(CurveCache::default()),
        labelled,
        request,
        ws: use_ws(),
        request_number: StoredValue::new(0),
        grown: StoredValue::default(),
    };
    Effect::new(move |_| {
        // Read and not only tracked: a memo that is never read is never updated.
        follower.ws.get();
        request.get();
        follower.fetch();
    });
    // Other labels or groups need no new request.
    Effect::new(move |before: Option<()>| {
        labelled.get();
        if before.is_some()
            && follower.state.with_untracked(|it| matches!(it, CurveState::Ready(_)))
        {
            follower.show();
        }
    });
    let waiting = StoredValue::new(false);
    use_live().on(move |change| {
        if follower.on_change(change) && !waiting.get_value() {
            waiting.set_value(true);
            let refresh = move || {
                // The page may have been disposed.
                if waiting.try_set_value(false).is_none() {
                    follower.fetch();
                }
            };
            set_timeout(refresh, REFRESH_GAP);
        }
    });
    follower
}

impl Follower {
    fn fetch(self) {
        let (ws, request) = (self.ws.get_untracked(), self.request.get_untracked());
        let number = self.request_number.get_value() + 1;
        self.request_number.set_value(number);
        if request.runs.is_empty() && request.filter.is_empty() {
            self.cache.set_value(CurveCache::default());
            self.state.set(CurveState::Ready(Shared::default()));
            return;
        }
        spawn_local(async move {
            let response = fetch(ws, &request).await;
            if self.request_number.try_get_value() != Some(number) {
                return;
            }
            match response {
                Ok(response) => {
                    self.cache.set_value(CurveCache::new(response, request.x));
                    let (keys, limited) =
                        self.cache.with_value(|cache| (cache.all_keys(), cache.limited().cloned()));
                    self.keys.set(keys);
                    self.limited.set(limited);
                    self.show();
                }
                Err(error) => self.state.set(CurveState::Failed(error)),
            }
        });
    }

    fn show(self) {
        let labels = self.labelled.with_untracked(|labelled| RunLabels::new(labelled));
        let board = self.cache.with_value(|cache| cache.board(&labels));
        self.state.set(CurveState::Ready(Shared::new(board)));
    }

    /// Fetches a section of one key's curves in higher resolution, or the full range again.
    pub(super) fn zoom(self, key: String, range: Option<(f64, f64)>) {
        if !self.cache.with_value(|cache| range.is_none() || cache.is_downsampled(&key)) {
            return;
        }
        let mut request = self.request.get_untracked();
        request.keys = vec![key.clone()];
        (request.from, request.to) = range.unzip();
        let (ws, number) = (self.ws.get_untracked(), self.request_number.get_value());
        spawn_local(async move {
            let response = fetch(ws, &request).await;
            if self.request_number.try_get_value() != Some(number) {
                return;
            }
            if let Ok(response) = response {
                self.cache.update_value(|cache| cache.replace_key(&key, response));
                self.redraw([key].into());
            }
        });
    }

    /// Handles an event; true if the curves must be fetched again.
    fn on_change(self, change: &Change) -> bool {
        match change {
            Change::Hello { .. } => self.request_number.get_value() > 1,
            Change::Resync => true,
            Change::MetricsChanged { workspace, name, run_index, delta, .. } => {
                let ws = self.ws.get_untracked();
                if ws.is_some_and(|ws| ws != *workspace) || !self.covers(name, *run_index) {
                    return false;
                }
                let applied = self
                    .cache
                    .try_update_value(|cache| cache.apply(name, *run_index, delta.as_deref()));
                match applied {
                    Some(ApplyResult::Stale) => true,
                    Some(ApplyResult::Keys(keys)) => {
                        self.draw_soon(keys);
                        false
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn covers(self, task: &str, run: u32) -> bool {
        self.request.with_untracked(|request| {
            request.runs.iter().any(|it| it.task == task && (it.run == run || it.run == 0))
        })
    }

    fn draw_soon(self, keys: std::collections::BTreeSet<String>) {
        let first = self.grown.with_value(std::collections::BTreeSet::is_empty);
        self.grown.update_value(|grown| grown.extend(keys));
        if first {
            let draw = move || {
                if let Some(keys) = self.grown.try_update_value(std::mem::take) {
                    self.redraw(keys);
                }
            };
            set_timeout(draw, DRAW_GAP);
        }
    }

    fn redraw(self, keys: std::collections::BTreeSet<String>) {
        let labels = self.labelled.with_untracked(|labelled| RunLabels::new(labelled));
        let _ = self.state.try_update(|state| {
            if let CurveState::Ready(board) = state {
                *board = Shared::new(
                    self.cache.with_value(|cache| cache.refresh(board, &keys, &labels)),
                );
            }
        });
    }
}
