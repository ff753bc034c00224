//! The lines of a log in the browser: its growing end, and some chunks of the rest.
//!
//! Every line has a position, whether it is loaded or not, so that the scroll bar represents the whole
//! log. A chunk that is not loaded takes one row per line.

mod geometry;
mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use common::ansi::{Screen, Style};
use common::log::LogWindow;

pub(super) use geometry::{Item, VisibleItems};
use reading::{byte_length, ceil_boundary, text, time_at, times};

use super::block::{Block, LayoutOptions, LogLine};

/// Number of file lines per chunk.
pub(super) const CHUNK_LINES: u64 = 512;
/// Lines parsed before and after a chunk, because a progress bar may cross its border.
pub(super) const CONTEXT_LINES: u64 = 44;
/// Maximum number of cached chunks.
const MAX_CHUNKS: usize = 64;
/// Number of lines that a program may still overwrite; more than the height of the terminal.
const LIVE_ROWS: usize = 60;
/// Maximum number of lines of the live end before it is finalized.
const MAX_LIVE_ROWS: usize = 400;
/// Maximum number of stored times of received lines.
const MAX_TIMES: usize = 2_000;

/// A log.
#[derive(Debug, Clone)]
pub(super) struct LogStore {
    chunks: BTreeMap<u64, Block>,
    screen: Screen,
    /// The layout of the lines of the screen.
    tail: Block,
    /// First line of the screen; earlier lines are finalized.
    tail_first: u64,
    /// Byte offset of the end.
    end: u64,
    times: VecDeque<(u64, u64)>,
    layout_options: LayoutOptions,
}

impl Default for LogStore {
    fn default() -> Self {
        Self {
            chunks: BTreeMap::new(),
            screen: Screen::numbered(0, Style::default()),
            tail: Block::default(),
            tail_first: 0,
            end: 0,
            times: VecDeque::new(),
            layout_options: LayoutOptions::default(),
        }
    }
}

impl LogStore {
    /// Replaces the content by the end of a log; lines without numbers are counted from 0.
    pub(super) fn open(&mut self, window: &LogWindow) {
        let first = window.from_line.unwrap_or(1).saturating_sub(1);
        let layout_options = self.layout_options;
        *self = Self {
            screen: Screen::numbered(first, Style::default()),
            layout_options,
            ..Self::default()
        };
        self.end = window.end_offset;
        self.times = times(window).collect();
        // Lines before the first whole chunk only determine its initial colours.
        self.tail_first = first.next_multiple_of(CHUNK_LINES);
        if window.lines.len() as u64 <= self.tail_first - first {
            self.tail_first = first;
        }
        self.screen.feed(&text(window, !window.last_line_open));
        self.finalize_lines(LIVE_ROWS);
        self.lay_out_tail();
    }

    /// Appends text; `end` is the byte offset of its end. Known bytes are ignored.
    /// Returns the number of added lines.
    pub(super) fn append(&mut self, text: &str, end: u64, time_ms: u64) -> u64 {
        let Some(new) = end.checked_sub(self.end).filter(|new| *new > 0) else { return 0 };
        let known = byte_length(text).saturating_sub(new);
        let text = &text[ceil_boundary(text, known)..];
        let before = self.screen.line_feeds();
        let open = self.screen.lines().back().is_some_and(|line| !line.spans.is_empty());
        self.times.push_back((before + u64::from(open), time_ms));
        if self.times.len() > MAX_TIMES {
            self.times.pop_front();
        }
        self.screen.feed(text);
        self.end = end;
        if self.screen.lines().len() > MAX_LIVE_ROWS {
            self.finalize_lines(LIVE_ROWS);
        }
        self.screen.line_feeds() - before
    }

    /// Stores a requested chunk.
    pub(super) fn take_chunk(&mut self, chunk: u64, window: &LogWindow) {
        let Some(first) = window.from_line.map(|line| line - 1) else { return };
        let (from, to) = (chunk * CHUNK_LINES, self.end_of(chunk));
        let mut screen = Screen::numbered(first, Style::default());
        screen.feed(&text(window, false));
        let known: Vec<(u64, u64)> = times(window).collect();
        let rows = screen.numbered_lines().filter(|(number, _)| (from..to).contains(number));
        let rows = rows.map(|(number, line)| {
            let mut row = LogLine::new(number, line.clone(), time_at(&known, number));
            let long = window.long_lines.iter().find(|long| long.line == number + 1);
            row.bytes = long.map(|long| long.bytes);
            row
        });
        self.chunks.insert(chunk, Block::new(rows.collect(), self.layout_options));
    }

    /// Evicts chunks that are far from a line, if there are too many.
    pub(super) fn evict(&mut self, near_line: u64) {
        let near = near_line / CHUNK_LINES;
        while self.chunks.len() > MAX_CHUNKS {
            let first = self.chunks.keys().next().copied().unwrap_or_default();
            let last = self.chunks.keys().next_back().copied().unwrap_or_default();
            let far = if near.abs_diff(first) > near.abs_diff(last) { first } else { last };
            self.chunks.remove(&far);
        }
    }

    /// Computes the layout of all lines.
    pub(super) fn lay_out(&mut self, layout_options: LayoutOptions) {
        self.layout_options = layout_options;
        self.chunks.values_mut().for_each(|chunk| chunk.lay_out(layout_options));
        self.lay_out_tail();
    }

    /// Computes the layout of the live end, after text was appended.
    pub(super) fn lay_out_tail(&mut self) {
        let known = self.times.make_contiguous();
        let rows = self.screen.numbered_lines().filter(|(number, _)| *number >= self.tail_first);
        let mut rows: Vec<LogLine> = rows
            .map(|(number, line)| LogLine::new(number, line.clone(), time_at(known, number)))
            .collect();
        // The empty line with the cursor is not part of the log.
        if rows.last().is_some_and(|row| row.line.spans.is_empty() && row.line.hidden == 0) {
            rows.pop();
        }
        self.tail = Block::new(rows, self.layout_options);
    }

    /// The layout parameters.
    pub(super) fn layout_options(&self) -> LayoutOptions {
        self.layout_options
    }

    /// Number of lines of the log.
    pub(super) fn line_count(&self) -> u64 {
        let open = self.screen.lines().back().is_some_and(|line| !line.spans.is_empty());
        self.screen.line_feeds() + u64::from(open)
    }

    /// Byte offset from which the stream resumes.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// The loaded lines of a range of numbers.
    pub(super) fn lines_in(&self, from: u64, to: u64) -> impl Iterator<Item = &LogLine> {
        let deferred = self.chunks.values().flat_map(Block::lines);
        let of_tail = self.tail.lines().iter();
        deferred.chain(of_tail).filter(move |row| (from..to).contains(&row.number))
    }

    /// Moves lines that can no longer be overwritten from the screen into chunks.
    fn finalize_lines(&mut self, keep: usize) {
        let until = self.tail_first;
        let known: Vec<(u64, u64)> = self.times.iter().copied().collect();
        for (number, line) in self.screen.drain_completed(keep) {
            if number < until {
                continue;
            }
            let chunk = number / CHUNK_LINES;
            let row = LogLine::new(number, line, time_at(&known, number));
            match self.chunks.get_mut(&chunk) {
                Some(block) => block.push(row),
                // A chunk without its beginning is fetched when it becomes visible.
                None if chunk * CHUNK_LINES >= until => {
                    self.chunks.insert(chunk, Block::new(vec![row], self.layout_options));
                }
                None => {}
            }
        }
        let first = self.screen.numbered_lines().next().map_or(0, |(number, _)| number);
        self.tail_first = first.max(until);
    }

    /// The end of a chunk, exclusive.
    fn end_of(&self, chunk: u64) -> u64 {
        ((chunk + 1) * CHUNK_LINES).min(self.tail_first)
    }
}
