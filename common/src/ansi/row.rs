//! One line of the screen, in which a cursor moves.

use std::borrow::Cow;

use super::parser::{Action, Parser, count};
use super::{Style, sgr};

/// The farthest column that a sequence may move to. No terminal is as wide; programs name farther ones
/// to find out how wide it is, or by mistake.
const MAX_COLUMN: usize = 1_000;

/// A piece of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What is read.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// A line as it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its pieces, from left to right; two neighbours differ in style.
    pub spans: Vec<Span>,
}

impl Line {
    /// What is read, without colours.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// A line that can be written over.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    cells: Vec<(char, Style)>,
    /// Where the next letter goes; may be behind the end.
    pub(super) column: usize,
}

impl Row {
    pub(super) fn of(line: &Line, column: usize) -> Self {
        let cells = line.spans.iter().flat_map(|span| span.text.chars().map(|c| (c, span.style)));
        Self { cells: cells.collect(), column }
    }

    pub(super) fn line(&self) -> Line {
        let mut spans: Vec<Span> = Vec::new();
        for (letter, style) in &self.cells {
            match spans.last_mut().filter(|last| last.style == *style) {
                Some(last) => last.text.push(*letter),
                None => spans.push(Span { text: (*letter).into(), style: *style }),
            }
        }
        Line { spans }
    }

    /// Obeys what concerns one line only; a line feed and movements between lines do not.
    pub(super) fn obey(&mut self, action: Action<'_>, style: &mut Style) {
        match action {
            Action::Print(letter) => self.print(letter, *style),
            Action::Return => self.column = 0,
            Action::Back => self.column = self.column.saturating_sub(1),
            Action::Control(params, 'm') => sgr::apply(style, params),
            Action::Control(params, 'C') => {
                self.move_to(self.column.saturating_add(count(params, 1)));
            }
            Action::Control(params, 'D') => {
                self.column = self.column.saturating_sub(count(params, 1));
            }
            Action::Control(params, 'G') => self.move_to(count(params, 1).saturating_sub(1)),
            Action::Control(params, 'K') => self.erase(count(params, 0)),
            Action::Control(..) | Action::LineFeed => {}
        }
    }

    fn move_to(&mut self, column: usize) {
        if column <= MAX_COLUMN.max(self.cells.len()) {
            self.column = column;
        }
    }

    fn print(&mut self, letter: char, style: Style) {
        if self.column > self.cells.len() {
            self.cells.resize(self.column, (' ', Style::default()));
        }
        match self.cells.get_mut(self.column) {
            Some(cell) => *cell = (letter, style),
            None => self.cells.push((letter, style)),
        }
        self.column += 1;
    }

    /// 0: to the end, 1: from the beginning, 2: all.
    pub(super) fn erase(&mut self, what: usize) {
        let written = self.cells.len();
        match what {
            0 => self.cells.truncate(self.column),
            1 => self.cells[..written.min(self.column + 1)].fill((' ', Style::default())),
            2 => self.cells.clear(),
            _ => {}
        }
    }
}

/// Shows one line, and the style in which the next one begins. `before` is the style of its
/// beginning.
#[must_use]
pub fn paint(raw: &str, before: &Style) -> (Vec<Span>, Style) {
    if !raw.contains(char::is_control) {
        let span = Span { text: raw.to_owned(), style: *before };
        return (if raw.is_empty() { Vec::new() } else { vec![span] }, *before);
    }
    let (mut row, mut style) = (Row::default(), *before);
    Parser::default().feed(raw, |action| row.obey(action, &mut style));
    (row.line().spans, style)
}

/// What one line reads, without colours.
#[must_use]
pub fn plain(raw: &str) -> Cow<'_, str> {
    if !raw.contains(char::is_control) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(paint(raw, &Style::default()).0.into_iter().map(|span| span.text).collect())
}
