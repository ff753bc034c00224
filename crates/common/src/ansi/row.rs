//! One line of the screen with a cursor.

use std::borrow::Cow;

use super::parser::{Action, Parser, count};
use super::{Style, sgr};

/// The farthest column that a sequence may move to. Programs use larger ones to determine the
/// terminal's width, or by mistake.
const MAX_COLUMN: usize = 1_000;
/// Maximum number of characters shown of a line.
const MAX_LETTERS: usize = 16_000;

/// A part of a line with one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its style.
    pub style: Style,
}

/// A rendered line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its spans, from left to right; adjacent spans differ in style.
    pub spans: Vec<Span>,
    /// How many characters at its end are not shown, because it is too long.
    pub hidden: u64,
}

impl Line {
    /// The line with escape sequences for its colours, ending with the default style.
    #[must_use]
    pub fn ansi(&self) -> String {
        let mut text = String::new();
        for span in &self.spans {
            match span.style.is_plain() {
                true => text.push_str(&span.text),
                false => {
                    let codes = sgr::codes(&span.style);
                    text.push_str(&format!("\u{1b}[{codes}m{}\u{1b}[0m", span.text));
                }
            }
        }
        text
    }

    /// The text without colours.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// A line that can be overwritten.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    cells: Vec<(char, Style)>,
    /// The farthest written column that is not stored.
    beyond: usize,
    /// The column of the next character; may be beyond the end.
    pub(super) column: usize,
}

impl Row {
    pub(super) fn of(line: &Line, column: usize) -> Self {
        let cells = line.spans.iter().flat_map(|span| span.text.chars().map(|c| (c, span.style)));
        let cells: Vec<(char, Style)> = cells.collect();
        let beyond = if line.hidden == 0 { 0 } else { MAX_LETTERS + hidden(line.hidden) };
        Self { cells, beyond, column }
    }

    pub(super) fn line(&self) -> Line {
        let mut spans: Vec<Span> = Vec::new();
        for (letter, style) in &self.cells {
            match spans.last_mut().filter(|last| last.style == *style) {
                Some(last) => last.text.push(*letter),
                None => spans.push(Span { text: (*letter).into(), style: *style }),
            }
        }
        Line { spans, hidden: self.beyond.saturating_sub(MAX_LETTERS) as u64 }
    }

    /// Applies an action within the line; ignores line feeds and movement between lines.
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
        if column <= MAX_COLUMN.max(self.cells.len()).max(self.beyond) {
            self.column = column;
        }
    }

    fn print(&mut self, letter: char, style: Style) {
        if self.column >= MAX_LETTERS {
            self.column += 1;
            self.beyond = self.beyond.max(self.column);
            return;
        }
        if self.column > self.cells.len() {
            self.cells.resize(self.column, (' ', Style::default()));
        }
        match self.cells.get_mut(self.column) {
            Some(cell) => *cell = (letter, style),
            None => self.cells.push((letter, style)),
        }
        self.column += 1;
    }

    /// 0: to the end, 1: from the beginning, 2: the whole line.
    pub(super) fn erase(&mut self, what: usize) {
        let written = self.cells.len();
        match what {
            0 => {
                self.cells.truncate(self.column);
                self.beyond = self.beyond.min(self.column);
            }
            1 => self.cells[..written.min(self.column + 1)].fill((' ', Style::default())),
            2 => {
                self.cells.clear();
                self.beyond = 0;
            }
            _ => {}
        }
    }
}

/// Renders one line; returns it with the style at its end. `before` is the style at its beginning.
#[must_use]
pub fn paint(raw: &str, before: &Style) -> (Vec<Span>, Style) {
    if !raw.contains(char::is_control) && raw.len() <= MAX_LETTERS {
        let span = Span { text: raw.to_owned(), style: *before };
        return (if raw.is_empty() { Vec::new() } else { vec![span] }, *before);
    }
    let (mut row, mut style) = (Row::default(), *before);
    Parser::default().feed(raw, |action| row.obey(action, &mut style));
    (row.line().spans, style)
}

fn hidden(letters: u64) -> usize {
    usize::try_from(letters).unwrap_or(usize::MAX - MAX_LETTERS)
}

/// The text of a line without colours.
#[must_use]
pub fn plain(raw: &str) -> Cow<'_, str> {
    if !raw.contains(char::is_control) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(paint(raw, &Style::default()).0.into_iter().map(|span| span.text).collect())
}
