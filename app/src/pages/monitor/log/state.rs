//! The state of one shown log. Lines live outside of the reactive graph, which only
//! hears that they changed, at most once a frame: no line is lost to a last value.

use std::time::Duration;

use common::log::{LogMessage, LogWindow};
use leptos::prelude::*;

use super::block::Shape;
use super::follow::Follow;
use super::hits::Hits;
use super::line_range::LineRange;
use super::looks::Looks;
use super::pattern::Pattern;
use super::store::LogStore;
use super::stream::Place;
use crate::AppError;

/// How long arriving lines are gathered before they are drawn.
const FRAME: Duration = Duration::from_millis(16);

/// What is known of the log's source.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Link {
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

/// What a message asks of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Go on.
    More,
    /// Nothing more is wanted.
    Enough,
    /// Something was left out: the end is to be read anew.
    Reopen,
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
    pub(super) looks: Looks,
    pub(super) link: RwSignal<Link>,
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
    troubles: StoredValue<Hits>,
    /// The hit that is shown, from 1, and how many there are.
    pub(super) counts: RwSignal<(usize, u64)>,
    /// The line with the shown hit.
    pub(super) hit_line: RwSignal<Option<u64>>,
    /// Grows when lines that match or look like errors became known.
    pub(super) found: RwSignal<u64>,
    /// The lines that a link leads to.
    pub(super) marked: RwSignal<Option<LineRange>>,
}

impl LogView {
    /// A view of nothing yet.
    pub(super) fn new() -> Self {
        Self {
            store: StoredValue::new(LogStore::default()),
            version: RwSignal::new(0),
            drawing: StoredValue::new(false),
            top: RwSignal::new(0.0),
            rows_in_view: RwSignal::new(1.0),
            follow: RwSignal::new(Follow::On),
            looks: Looks::new(),
            link: RwSignal::new(Link::Loading),
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
            troubles: StoredValue::new(Hits::default()),
            counts: RwSignal::new((0, 0)),
            hit_line: RwSignal::new(None),
            found: RwSignal::new(0),
            marked: RwSignal::new(None),
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
        self.draw_now();
    }

    /// Forgets what is shown, because something else will be.
    pub(super) fn clear(self) {
        self.link.set(Link::Loading);
        self.file.set(String::new());
        self.takes_input.set(false);
        self.show_nothing();
    }

    /// Shows the end of a log.
    pub(super) fn open(self, window: &LogWindow) {
        let link = if window.selected_log.is_empty() { Link::NoRun } else { Link::Live };
        self.link.set(link);
        self.file.set(window.selected_log.clone());
        self.files.set(window.available_logs.clone());
        self.numbered.set(window.from_line.is_some());
        self.started_ms.set(window.started_ms);
        self.takes_input.set(window.takes_input);
        self.store.try_update_value(|store| store.open(window));
        self.draw_now();
    }

    /// Where a stream goes on.
    pub(super) fn place(self) -> Place {
        let offset = self.read(LogStore::end).unwrap_or(0);
        Place { log_file_name: self.file.get_untracked(), offset }
    }

    /// The connection stands again.
    pub(super) fn found_again(self) {
        if self.link.with_untracked(|link| *link == Link::Lost) {
            let none = self.file.with_untracked(String::is_empty);
            self.link.set(if none { Link::NoRun } else { Link::Live });
        }
    }

    /// Takes a message of the stream.
    pub(super) fn take(self, message: LogMessage) -> Next {
        match message {
            LogMessage::Chunk { content, offset, log_file_name, time_ms, .. } => {
                self.turn_to(&log_file_name);
                self.link.set_if_other(Link::Live);
                if self.started_ms.get_untracked().is_none() {
                    self.started_ms.set(Some(time_ms));
                }
                self.append(&content, offset, time_ms);
                Next::More
            }
            LogMessage::Run { log_file_name, .. } => {
                if self.chosen.get_untracked().is_some() {
                    return Next::Enough;
                }
                self.turn_to(&log_file_name);
                self.link.set_if_other(Link::Live);
                self.runs.update(|count| *count += 1);
                Next::More
            }
            LogMessage::Skipped { .. } => Next::Reopen,
            LogMessage::End { .. } => {
                self.link.set_if_other(Link::Ended);
                self.takes_input.set(false);
                // Another run may follow on the same socket, for who watches the newest.
                match self.chosen.get_untracked() {
                    None => Next::More,
                    Some(_) => Next::Enough,
                }
            }
        }
    }

    /// Lays the lines out.
    pub(super) fn lay_out(self, shape: Shape) {
        if self.read(|store| store.shape() != shape) == Some(true) {
            self.change(|store| store.lay_out(shape));
        }
    }

    /// Goes to a line, from 0, and shows it in the upper third of the view.
    pub(super) fn go_to_line(self, line: u64) {
        let Some(row) = self.read(|store| store.top_of(line.min(store.lines()))) else { return };
        self.follow.set(Follow::Paused { unseen: 0 });
        let above = (self.rows_in_view.get_untracked() / 3.0).floor();
        self.top.set((float(row) - above).max(0.0));
    }

    /// Goes to the first line or to the end.
    pub(super) fn go_to(self, end: bool) {
        if end {
            self.follow.set(Follow::On);
            self.draw_now();
        } else {
            self.go_to_line(0);
        }
    }

    /// Goes to the next or previous hit.
    pub(super) fn step(self, forward: bool) {
        let top = whole(self.top.get_untracked() + self.rows_in_view.get_untracked() / 3.0);
        let near = self.read(|store| store.line_at(top)).unwrap_or(0);
        let hit = self.hits.try_update_value(|hits| hits.step(forward, near)).flatten();
        if let Some(line) = hit {
            self.go_to_line(line);
        }
        self.tell_found();
    }

    /// Hits and lines that look like errors.
    pub(super) fn hits(self) -> [StoredValue<Hits>; 2] {
        [self.hits, self.troubles]
    }

    /// Tells everybody what was found.
    pub(super) fn tell_found(self) {
        let told = self.hits.try_with_value(|hits| (hits.counts(), hits.current()));
        let Some((counts, line)) = told else { return };
        self.counts.set_if_other(counts);
        self.hit_line.set_if_other(line);
        self.found.update(|count| *count += 1);
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
        self.tell_found();
        self.draw_now();
    }

    fn turn_to(self, log_file_name: &str) {
        if self.file.with_untracked(|file| *file == log_file_name) {
            return;
        }
        self.files.update(|files| {
            if !files.iter().any(|file| file == log_file_name) {
                // The failures' log stays the last one.
                let place =
                    files.iter().position(|file| file == "error.log").unwrap_or(files.len());
                files.insert(place, log_file_name.to_owned());
            }
        });
        self.file.set(log_file_name.to_owned());
        self.show_nothing();
    }

    fn append(self, text: &str, end: u64, time_ms: u64) {
        let added = self.store.try_update_value(|store| store.append(text, end, time_ms));
        let added = added.unwrap_or(0);
        if added > 0 && !self.follow.get_untracked().is_on() {
            self.follow.update(|follow| *follow = follow.grown(added));
        }
        if self.drawing.try_get_value() == Some(false) {
            self.drawing.set_value(true);
            set_timeout(move || self.draw_gathered(), FRAME);
        }
    }

    fn draw_gathered(self) {
        // The view may be gone by now.
        if self.drawing.try_set_value(false).is_none() {
            self.look_at_what_arrived();
            let near = whole(self.top.get_untracked());
            self.change(|store| {
                store.lay_out_tail();
                store.evict(store.line_at(near));
            });
        }
    }

    fn look_at_what_arrived(self) {
        let pattern = self.pattern.get_untracked();
        let mut any = false;
        for hits in self.hits() {
            let is_trouble = hits == self.troubles;
            if !is_trouble && !pattern.is_on() {
                continue;
            }
            let from = hits.with_value(|hits| hits.arrived_from);
            let found = self.read(|store| {
                let rows = store.rows(from, u64::MAX).filter(|row| match is_trouble {
                    true => row.trouble,
                    false => pattern.is_in(&row.line.text()),
                });
                (rows.map(|row| row.number).collect::<Vec<u64>>(), store.lines())
            });
            let Some((found, lines)) = found else { continue };
            any |= !found.is_empty();
            hits.update_value(|hits| {
                hits.add(found);
                // The last line may grow, so it is looked at again.
                hits.arrived_from = hits.arrived_from.max(lines.saturating_sub(1));
            });
        }
        if any {
            self.tell_found();
        }
    }

    fn draw_now(self) {
        let _ = self.version.try_update(|version| *version += 1);
    }
}

/// Setting a signal only when that changes something.
trait SetIfOther<T> {
    fn set_if_other(self, value: T);
}

impl<T: PartialEq + Send + Sync + 'static> SetIfOther<T> for RwSignal<T> {
    fn set_if_other(self, value: T) {
        if self.try_with_untracked(|old| *old != value) == Some(true) {
            self.set(value);
        }
    }
}

/// Rows as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than 2^53")]
pub(super) fn float(rows: u64) -> f64 {
    rows as f64
}

/// Whole rows.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut at zero, and far below 2^53"
)]
pub(super) fn whole(rows: f64) -> u64 {
    rows.max(0.0) as u64
}
