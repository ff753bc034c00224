//! The state of one shown log. Lines live outside of the reactive graph, which only
//! hears that they changed, at most once a frame: no line is lost to a last value.

use std::time::Duration;

use common::log::{LogChunk, LogMessage};
use leptos::prelude::*;

use super::buffer::Buffer;
use super::follow::Follow;
use super::search::Search;
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

/// Handles to one log; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct LogView {
    buffer: StoredValue<Buffer>,
    search: StoredValue<Search>,
    /// Grows when lines changed.
    pub(super) version: RwSignal<u64>,
    drawing: StoredValue<bool>,
    pub(super) follow: RwSignal<Follow>,
    pub(super) wrap: RwSignal<bool>,
    pub(super) link: RwSignal<Link>,
    /// The log that the user chose; nothing is the newest run's.
    pub(super) chosen: RwSignal<Option<String>>,
    /// The log that is shown, empty before the first run.
    pub(super) file: RwSignal<String>,
    /// All logs of the task.
    pub(super) files: RwSignal<Vec<String>>,
    /// The text that is looked for.
    pub(super) needle: RwSignal<String>,
    /// The hit that is shown, from 1, and how many there are.
    pub(super) hits: RwSignal<(usize, usize)>,
    /// The number of the line with the shown hit.
    pub(super) hit_line: RwSignal<Option<i64>>,
    /// Byte offset before which nothing is loaded.
    pub(super) start: RwSignal<u64>,
}

impl LogView {
    /// A view of nothing yet.
    pub(super) fn new() -> Self {
        Self {
            buffer: StoredValue::new(Buffer::new(1)),
            search: StoredValue::new(Search::default()),
            version: RwSignal::new(0),
            drawing: StoredValue::new(false),
            follow: RwSignal::new(Follow::On),
            wrap: RwSignal::new(true),
            link: RwSignal::new(Link::Loading),
            chosen: RwSignal::new(None),
            file: RwSignal::new(String::new()),
            files: RwSignal::new(Vec::new()),
            needle: RwSignal::new(String::new()),
            hits: RwSignal::new((0, 0)),
            hit_line: RwSignal::new(None),
            start: RwSignal::new(0),
        }
    }

    /// Reads the lines; nothing when the view is gone.
    pub(super) fn read<T>(self, read: impl FnOnce(&Buffer) -> T) -> Option<T> {
        self.buffer.try_with_value(read)
    }

    /// Keeps at most `limit` lines from now on.
    pub(super) fn keep(self, limit: usize) {
        self.buffer.try_update_value(|buffer| *buffer = Buffer::new(limit));
    }

    /// Forgets what is shown, because something else will be.
    pub(super) fn clear(self) {
        self.link.set(Link::Loading);
        self.file.set(String::new());
        self.show("", 0);
    }

    /// Shows the end of a log.
    pub(super) fn open(self, chunk: LogChunk) {
        let link = if chunk.selected_log.is_empty() { Link::NoRun } else { Link::Live };
        self.link.set(link);
        self.file.set(chunk.selected_log);
        self.files.set(chunk.available_logs);
        self.show(&chunk.content, chunk.offset);
    }

    /// Where a stream goes on.
    pub(super) fn place(self) -> Place {
        let offset = self.read(Buffer::end).unwrap_or(0);
        Place { log_file_name: self.file.get_untracked(), offset }
    }

    /// The connection stands again.
    pub(super) fn found(self) {
        if self.link.with_untracked(|link| *link == Link::Lost) {
            let none = self.file.with_untracked(String::is_empty);
            self.link.set(if none { Link::NoRun } else { Link::Live });
        }
    }

    /// Takes a message of the stream; false when nothing more is wanted of it.
    pub(super) fn take(self, message: LogMessage) -> bool {
        match message {
            LogMessage::Chunk { content, offset, log_file_name, .. } => {
                self.turn_to(&log_file_name);
                self.link.set_if_other(Link::Live);
                self.append(&content, offset);
                true
            }
            LogMessage::Run { log_file_name, .. } => {
                let wanted = self.chosen.get_untracked().is_none();
                if wanted {
                    self.turn_to(&log_file_name);
                    self.link.set_if_other(Link::Live);
                }
                wanted
            }
            LogMessage::End { .. } => {
                self.link.set_if_other(Link::Ended);
                // Another run may follow on the same socket, for who watches the newest.
                self.chosen.get_untracked().is_none()
            }
        }
    }

    /// Adds earlier text, from byte `start`; returns by how many rows everything moved down.
    pub(super) fn prepend(self, text: &str, start: u64) -> u64 {
        let rows = |buffer: &Buffer| buffer.layout().total_rows();
        let grown = self.buffer.try_update_value(|buffer| {
            let before = rows(buffer);
            buffer.prepend(text, start);
            rows(buffer) - before
        });
        self.look_again(Search::restart);
        self.draw_now();
        grown.unwrap_or(0)
    }

    /// Lays the lines out for rows of so many characters.
    pub(super) fn lay_out(self, columns: Option<u32>) {
        if self.read(|buffer| buffer.layout().columns() != columns) == Some(true) {
            self.buffer.try_update_value(|buffer| buffer.lay_out(columns));
            self.draw_now();
        }
    }

    /// Looks for a text.
    pub(super) fn find(self, needle: &str) {
        self.look_again(|search, buffer| search.start(needle, buffer));
        self.needle.set(needle.to_lowercase());
    }

    /// Goes to the next or previous hit.
    pub(super) fn step(self, forward: bool) {
        if self.search.try_update_value(|search| search.step(forward)).flatten().is_some() {
            self.follow.set(Follow::Paused { unseen: 0 });
        }
        self.tell_hits();
    }

    fn show(self, text: &str, end: u64) {
        self.buffer.try_update_value(|buffer| buffer.reset(text, end));
        self.follow.set(Follow::On);
        self.look_again(Search::restart);
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
        self.show("", 0);
    }

    fn append(self, text: &str, end: u64) {
        let growth = self.buffer.try_update_value(|buffer| buffer.append(text, end));
        let added = growth.map_or(0, |growth| growth.added);
        if added > 0 && !self.follow.get_untracked().is_on() {
            self.follow.update(|follow| *follow = follow.grown(added));
        }
        self.draw_soon();
    }

    fn look_again(self, look: impl FnOnce(&mut Search, &Buffer)) {
        self.buffer.try_with_value(|buffer| {
            self.search.try_update_value(|search| look(search, buffer));
        });
        self.tell_hits();
    }

    fn tell_hits(self) {
        let told = self.search.try_with_value(|search| (search.counts(), search.current()));
        let (hits, line) = told.unwrap_or_default();
        self.hits.set_if_other(hits);
        self.hit_line.set(line);
    }

    fn draw_soon(self) {
        if self.drawing.try_get_value() == Some(false) {
            self.drawing.set_value(true);
            set_timeout(move || self.draw_gathered(), FRAME);
        }
    }

    fn draw_gathered(self) {
        // The view may be gone by now.
        if self.drawing.try_set_value(false).is_none() {
            if self.needle.with_untracked(|needle| !needle.is_empty()) {
                self.look_again(Search::refresh);
            }
            self.draw_now();
        }
    }

    fn draw_now(self) {
        self.start.set_if_other(self.read(Buffer::start).unwrap_or(0));
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
