//! The state of one shown log. Lines live outside of the reactive graph, which only
//! hears that they changed, at most once a frame: no line is lost to a last value.

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
pub(super) use numbers::{float, whole};
use set_if_changed::SetIfChanged;

/// What is known of the log's source.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SourceState {
    /// The first piece is on its way.
    Loading,
    /// The task has never run.
    NoRun,
    /// Lines arrive as they are written.
    Live,
    /// The run has ended and everything is here.
    Ended,
    /// The connection was lost.
    Lost,
    /// The log cannot be read.
    Failed(AppError),
}

/// Handles to one log; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct LogView {
    store: StoredValue<LogStore>,
    /// Grows when lines changed.
    pub(super) version: RwSignal<u64>,
    drawing: StoredValue<bool>,
    /// The row of the screen at the top of the view, and how many rows are in view.
    pub(super) top: RwSignal<f64>,
    pub(super) rows_in_view: RwSignal<f64>,
    pub(super) follow: RwSignal<Follow>,
    pub(super) display: DisplayOptions,
    pub(super) source_state: RwSignal<SourceState>,
    /// The log that the user chose; nothing is the newest run's.
    pub(super) chosen: RwSignal<Option<String>>,
    /// The log that is shown, empty before the first run.
    pub(super) file: RwSignal<String>,
    /// All logs of the task.
    pub(super) files: RwSignal<Vec<String>>,
    /// Whether lines have their numbers already.
    pub(super) numbered: RwSignal<bool>,
    /// When the run began to speak.
    pub(super) started_ms: RwSignal<Option<u64>>,
    /// Whether what is typed reaches the run.
    pub(super) takes_input: RwSignal<bool>,
    /// How many runs began while it was shown.
    pub(super) runs: RwSignal<u64>,
    /// What is looked for.
    pub(super) pattern: RwSignal<Pattern>,
    /// Why it cannot be looked for.
    pub(super) find_error: RwSignal<Option<String>>,
    hits: StoredValue<Hits>,
    error_lines: StoredValue<Hits>,
    /// The hit that is shown, from 1, and how many there are.
    pub(super) counts: RwSignal<(usize, u64)>,
    /// The line with the shown hit.
    pub(super) hit_line: RwSignal<Option<u64>>,
    /// Grows when lines that match or look like errors became known.
    pub(super) hits_version: RwSignal<u64>,
    /// The lines that a link leads to.
    pub(super) marked: RwSignal<Option<LineRange>>,
    /// Whether the page's address is for this log.
    pub(super) linked: bool,
}

impl LogView {
    /// A view of nothing yet.
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

    /// Reads the lines; nothing when the view is gone.
    pub(super) fn read<T>(self, read: impl FnOnce(&LogStore) -> T) -> Option<T> {
        self.store.try_with_value(read)
    }

    /// Changes the lines and keeps the one at the top of the view where it is.
    pub(super) fn change(self, change: impl FnOnce(&mut LogStore)) {
        let following = self.follow.try_get_untracked().is_some_and(Follow::is_on);
        let Some(top) = self.top.try_get_untracked() else { return };
        let row = top.floor();
        let moved = self.store.try_update_value(|store| {
            let line = store.line_at(whole(row));
            let within = row - float(store.top_of(line));
            change(store);
            float(store.top_of(line)) + within + top.fract()
        });
        if let Some(moved) = moved.filter(|moved| !following && (moved - top).abs() > 1e-6) {
            self.top.set(moved.max(0.0));
        }
        self.redraw();
    }

    /// Forgets what is shown, because something else will be.
    pub(super) fn clear(self) {
        self.source_state.set(SourceState::Loading);
        self.file.set(String::new());
        self.takes_input.set(false);
        self.show_nothing();
    }

    /// Shows the end of a log.
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

    /// Where a stream goes on.
    pub(super) fn stream_position(self) -> StreamPosition {
        let offset = self.read(LogStore::end).unwrap_or(0);
        StreamPosition { log_file_name: self.file.get_untracked(), offset }
    }

    /// The connection stands again.
    pub(super) fn reconnected(self) {
        if self.source_state.with_untracked(|source_state| *source_state == SourceState::Lost) {
            let none = self.file.with_untracked(String::is_empty);
            self.source_state.set(if none { SourceState::NoRun } else { SourceState::Live });
        }
    }

    /// Hits and lines that look like errors.
    pub(super) fn hits(self) -> [StoredValue<Hits>; 2] {
        [self.hits, self.error_lines]
    }

    /// Tells everybody what was found.
    pub(super) fn publish_hits(self) {
        let hits_state = self.hits.try_with_value(|hits| (hits.counts(), hits.current()));
        let Some((counts, line)) = hits_state else { return };
        self.counts.set_if_changed(counts);
        self.hit_line.set_if_changed(line);
        self.hits_version.update(|count| *count += 1);
    }

    fn show_nothing(self) {
        self.store.try_update_value(|store| {
            let shape = store.shape();
            *store = LogStore::default();
            store.lay_out(shape);
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
