//! One line of a log: its text as written, and how it begins and looks.

use std::borrow::Cow;

use common::ansi::{Span, Style, paint, plain};

use super::buffer::byte_length;
use super::layout::width;

/// A line, whole or still growing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    number: i64,
    raw: String,
    /// How many bytes of the file it stands for, its line end included.
    bytes: u64,
    /// How many cells of the screen it takes.
    width: u64,
    /// The style in force where it begins: colours go on from line to line.
    before: Style,
    after: Style,
}

impl Line {
    /// A line whose text begins in a style.
    pub(super) fn new(number: i64, raw: &str, before: Style) -> Self {
        let mut line =
            Self { number, raw: String::new(), bytes: 0, width: 0, before, after: before };
        line.extend(raw);
        line
    }

    /// More text of the same line arrived.
    pub(super) fn extend(&mut self, more: &str) {
        self.raw.push_str(more);
        self.bytes += byte_length(more);
        self.width = width(&plain(&self.raw));
        self.after = paint(&self.raw, &self.before).1;
    }

    /// The line end was read.
    pub(super) fn close(&mut self) {
        self.bytes += 1;
    }

    /// The same line under another number.
    pub(super) fn numbered(self, number: i64) -> Self {
        Self { number, ..self }
    }

    /// Its number; lines that come later have larger ones.
    pub(super) fn number(&self) -> i64 {
        self.number
    }

    /// Tells this state of this line from every other one.
    pub(super) fn key(&self) -> (i64, u64) {
        (self.number, self.bytes)
    }

    /// The text as written.
    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    /// The text as seen, without colours.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        plain(&self.raw)
    }

    /// The text as seen, in pieces of one style each.
    pub(super) fn spans(&self) -> Vec<Span> {
        paint(&self.raw, &self.before).0
    }

    /// How many bytes of the file it stands for.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many cells of the screen it takes.
    pub(super) fn width(&self) -> u64 {
        self.width
    }

    /// The style in force where the next line begins.
    pub(super) fn style_after(&self) -> Style {
        self.after
    }
}
