//! The state of a displayed log. The lines are stored outside the reactive graph, which is
//! notified at most once per frame, so that no line is lost by overwriting a signal.

mod incoming;
mod moving;
mod numbers;
mod set_if_changed;

use common::log::LogWindow;
use leptos::prelude::*;

use super::display_options::DisplayOptions;
use super::follow::Follow;
use super::hits::Hits;
use super::line_range::LineRange;
use super::pattern::Pattern;
use super::store::LogStore;
use super::stream_position::StreamPosition;
use crate::AppError;

pub(super) use incoming::StreamAction;
pub(super) use numbers::{f64_to_rows, rows_to_f64};
use set_if_changed::SetIfChanged;

/// The state of the log's source.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SourceState {
    /// The first window is loading.
    Loading,
    /// The task has never run.
    NoRun,
    /// New lines are streamed.
    Live,
    /// The run has ended and the log is complete.
    Ended,
    /// The connection was lost.
    Lost,
    /// The log could not be read.
    Failed(AppError),
}

/// Handle to a log; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct LogView {
    store: StoredValue<LogStore>,
    /// Incremented when the lines change.
    pub(super) version: RwSignal<u64>,
    drawing: StoredValue<bool>,
    /// The row at the top of the view, and the number of visible rows.
    pub(super) top: RwSignal<f64>,
    pub(super) rows_in_view: RwSignal<f64>,
    pub(super) follow: RwSignal<Follow>,
    pub(super) display: DisplayOptions,
    pub(super) source_state: RwSignal<SourceState>,
    /// The log selected by the user; `None` is the log of the newest run.
    pub(super) chosen: RwSignal<Option<String>>,
    /// The displayed log; empty before the first run.
    pub(super) file: RwSignal<String>,
    /// All logs of the task.
    pub(super) files: RwSignal<Vec<String>>,
    /// Whether the line numbers are known.
    pub(super) numbered: RwSignal<bool>,
    /// Start time of the run, milliseconds since 1970.
    pub(super) started_ms: RwSignal<Option<u64>>,
    /// Whether the run accepts input.
    pub(super) takes_input: RwSignal<bool>,
    /// Number of runs started while the log is displayed.
    pub(super) runs: RwSignal<u64>,
    /// The search pattern.
    pub(super) pattern: RwSignal<Pattern>,
    /// The error of the search.
    pub(super) find_error: RwSignal<Option<String>>,
    hits: StoredValue<Hits>,
    error_lines: StoredValue<Hits>,
    /// The index of the current match, from 1, and the number of matches.
    pub(super) counts: RwSignal<(usize, u64)>,
    /// The line of the current match.
    pub(super) hit_line: RwSignal<Option<u64>>,
    /// Incremented when matches or error lines were found.
    pub(super) hits_version: RwSignal<u64>,
    /// The lines selected by the URL or the user.
    pub(super) marked: RwSignal<Option<LineRange>>,
    /// Whether the page's URL refers to this log.
    pub(super) linked: bool,
}

impl LogView {
    /// An empty view.
    pub(super) fn new(linked: bool) -> Self {
        Self {
            store: StoredValue::new(LogStore::default()),
            version: RwSignal::new(0),
            drawing: StoredValue::new(false),
            top: RwSignal::new(0.0),
            rows_in_view: RwSignal::new(1.0),
            follow: RwSignal::new(Follow::On),
            display: DisplayOptions::new(),
            source_state: RwSignal::new(SourceState::Loading),
            chosen: RwSignal::new(None),
            file: RwSignal::new(String::new()),
            files: RwSignal::new(Vec::new()),
            numbered: RwSignal::new(false),
            started_ms: RwSignal::new(None),
            takes_input: RwSignal::new(false),
            runs: RwSignal::new(0),
            pattern: RwSignal::new(Pattern::default()),
            find_error: RwSignal::new(None),
            hits: StoredValue::new(Hits::default()),
            error_lines: StoredValue::new(Hits::default()),
            counts: RwSignal::new((0, 0)),
            hit_line: RwSignal::new(None),
            hits_version: RwSignal::new(0),
            marked: RwSignal::new(None),
            linked,
        }
    }

    /// Reads the lines; `None` if the view was disposed.
    pub(super) fn read<T>(self, read: impl FnOnce(&LogStore) -> T) -> Option<T> {
        self.store.try_with_value(read)
    }

    /// Changes the lines and keeps the line at the top of the view in place.
    pub(super) fn change(self, change: impl FnOnce(&mut LogStore)) {
        let following = self.follow.try_get_untracked().is_some_and(Follow::is_on);
        let Some(top) = self.top.try_get_untracked() else { return };
        let row = top.floor();
        let moved = self.store.try_update_value(|store| {
            let line = store.line_at(f64_to_rows(row));
            let within = row - rows_to_f64(store.top_of(line));
            change(store);
            rows_to_f64(store.top_of(line)) + within + top.fract()
        });
        if let Some(moved) = moved.filter(|moved| !following && (moved - top).abs() > 1e-6) {
            self.top.set(moved.max(0.0));
        }
        self.redraw();
    }

    /// Clears the view before another log is displayed.
    pub(super) fn clear(self) {
        self.source_state.set(SourceState::Loading);
        self.file.set(String::new());
        self.takes_input.set(false);
        self.reset_lines();
    }

    /// Displays the end of a log.
    pub(super) fn open(self, window: &LogWindow) {
        let source_state =
            if window.selected_log.is_empty() { SourceState::NoRun } else { SourceState::Live };
        self.source_state.set(source_state);
        self.file.set(window.selected_log.clone());
        self.files.set(window.available_logs.clone());
        self.numbered.set(window.from_line.is_some());
        self.started_ms.set(window.started_ms);
        self.takes_input.set(window.takes_input);
        self.store.try_update_value(|store| store.open(window));
        self.redraw();
    }

    /// The position from which the stream resumes.
    pub(super) fn stream_position(self) -> StreamPosition {
        let offset = self.read(LogStore::end).unwrap_or(0);
        StreamPosition { log_file_name: self.file.get_untracked(), offset }
    }

    /// Called when the connection is established again.
    pub(super) fn reconnected(self) {
        if self.source_state.with_untracked(|source_state| *source_state == SourceState::Lost) {
            let none = self.file.with_untracked(String::is_empty);
            self.source_state.set(if none { SourceState::NoRun } else { SourceState::Live });
        }
    }

    /// The matches of the search and the error lines.
    pub(super) fn hits(self) -> [StoredValue<Hits>; 2] {
        [self.hits, self.error_lines]
    }

    /// Updates the signals that depend on the matches.
    pub(super) fn publish_hits(self) {
        let hits_state = self.hits.try_with_value(|hits| (hits.counts(), hits.current()));
        let Some((counts, line)) = hits_state else { return };
        self.counts.set_if_changed(counts);
        self.hit_line.set_if_changed(line);
        self.hits_version.update(|count| *count += 1);
    }

    fn reset_lines(self) {
        self.store.try_update_value(|store| {
            let layout_options = store.layout_options();
            *store = LogStore::default();
            store.lay_out(layout_options);
        });
        for hits in self.hits() {
            hits.set_value(Hits::default());
        }
        self.follow.set(Follow::On);
        self.started_ms.set(None);
        self.publish_hits();
        self.redraw();
    }

    fn redraw(self) {
        let _ = self.version.try_update(|version| *version += 1);
    }
}
