//! Renders a stream of text like a terminal of unlimited height.

use std::collections::VecDeque;

use super::parser::{Action, Parser, count};
use super::row::{Line, Row};
use super::style::Style;

/// The lines of a stream; a program may move the cursor up and overwrite them.
#[derive(Debug, Clone)]
pub struct Screen {
    parser: Parser,
    style: Style,
    lines: VecDeque<Line>,
    /// The number of the text line in which each line began, relative to that in which the screen
    /// began.
    numbers: VecDeque<u64>,
    /// Number of line feeds so far, starting at the number of the first line.
    line_feeds: u64,
    /// Index in `lines` of the line with the cursor.
    at: usize,
    /// The line with the cursor, in editable form.
    row: Row,
    dropped: u64,
    max_lines: usize,
    /// The first line that the current chunk changed.
    changed: usize,
}

impl Default for Screen {
    fn default() -> Self {
        Self::new(usize::MAX)
    }
}

impl Screen {
    /// An empty screen that stores its last `max_lines` lines, at least one.
    #[must_use]
    pub fn new(max_lines: usize) -> Self {
        Self {
            parser: Parser::default(),
            style: Style::default(),
            lines: VecDeque::from([Line::default()]),
            numbers: VecDeque::from([0]),
            line_feeds: 0,
            at: 0,
            row: Row::default(),
            dropped: 0,
            max_lines: max_lines.max(1),
            changed: 0,
        }
    }

    /// An empty screen of unlimited height for a text whose first line has this number and starts
    /// with this style.
    #[must_use]
    pub fn numbered(first: u64, style: Style) -> Self {
        let numbers = VecDeque::from([first]);
        Self { numbers, line_feeds: first, style, ..Self::default() }
    }

    /// Processes a chunk of text, split anywhere. Returns the number, as counted by
    /// [`Self::dropped`], of the first line that is new or changed.
    pub fn feed(&mut self, text: &str) -> u64 {
        self.changed = self.at;
        let mut parser = std::mem::take(&mut self.parser);
        parser.feed(text, |action| self.obey(action));
        self.parser = parser;
        self.put_back();
        self.dropped + self.changed as u64
    }

    /// The lines, oldest first. The last one, with the cursor, may be empty.
    #[must_use]
    pub fn lines(&self) -> &VecDeque<Line> {
        &self.lines
    }

    /// The lines, oldest first, each with the number of the text line in which it began. A text
    /// line that only overwrote others has none.
    pub fn numbered_lines(&self) -> impl DoubleEndedIterator<Item = (u64, &Line)> {
        self.numbers.iter().copied().zip(&self.lines)
    }

    /// The number of the next line of the text.
    #[must_use]
    pub fn line_feeds(&self) -> u64 {
        self.line_feeds
    }

    /// Removes and returns the oldest lines except the last `keep` and those after the cursor: no
    /// terminal is so high that a program could still change them.
    pub fn drain_completed(&mut self, keep: usize) -> Vec<(u64, Line)> {
        let count = self.lines.len().saturating_sub(keep).min(self.at);
        self.at -= count;
        self.changed = self.changed.saturating_sub(count);
        self.dropped += count as u64;
        self.numbers.drain(..count).zip(self.lines.drain(..count)).collect()
    }

    /// How many of the oldest lines were dropped.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The style of the next character.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    fn obey(&mut self, action: Action<'_>) {
        match action {
            Action::LineFeed => {
                self.line_feeds += 1;
                self.go_to(self.at + 1, 0);
                // The empty line below a progress bar is reserved for the text after it.
                if self.at + 1 == self.lines.len() && self.lines[self.at].spans.is_empty() {
                    self.numbers[self.at] = self.line_feeds;
                }
            }
            Action::Control(params, 'A') => self.go_up(count(params, 1), self.row.column),
            Action::Control(params, 'F') => self.go_up(count(params, 1), 0),
            Action::Control(params, 'B') => self.go_down(count(params, 1), self.row.column),
            Action::Control(params, 'E') => self.go_down(count(params, 1), 0),
            Action::Control(params, 'J') if count(params, 0) == 0 => {
                self.row.erase(0);
                self.lines.truncate(self.at + 1);
                self.numbers.truncate(self.at + 1);
            }
            other => self.row.obey(other, &mut self.style),
        }
    }

    fn go_up(&mut self, count: usize, column: usize) {
        self.go_to(self.at.saturating_sub(count), column);
    }

    /// Cursor movement does not create lines.
    fn go_down(&mut self, count: usize, column: usize) {
        self.go_to(self.at.saturating_add(count).min(self.lines.len() - 1), column);
    }

    fn go_to(&mut self, index: usize, column: usize) {
        self.put_back();
        self.at = index;
        if self.at >= self.lines.len() {
            self.lines.push_back(Line::default());
            self.numbers.push_back(self.line_feeds);
        }
        if self.lines.len() > self.max_lines {
            self.lines.pop_front();
            self.numbers.pop_front();
            self.at -= 1;
            self.changed = self.changed.saturating_sub(1);
            self.dropped += 1;
        }
        self.changed = self.changed.min(self.at);
        self.row = Row::of(&self.lines[self.at], column);
    }

    fn put_back(&mut self) {
        self.lines[self.at] = self.row.line();
    }
}
