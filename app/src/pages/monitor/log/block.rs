//! A sequence of consecutive lines and its layout in screen rows.
//!
//! A line is one row high or, if wrapped, as many rows as its characters need. Heights are computed and
//! not measured: the font is monospaced and lines break at any character.

use common::ansi::Line;

use super::error_line::is_error_line;
use super::width::width;

/// The layout parameters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// Characters per row; `None` if lines are not wrapped.
    pub columns: Option<u32>,
    /// Whether consecutive equal lines are folded into one.
    pub fold: bool,
}

/// A line of a log, as rendered by a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Number of the line in the file, from 0.
    pub number: u64,
    /// The text with its styles.
    pub line: Line,
    /// Time of writing, milliseconds since 1970, if known.
    pub time_ms: Option<u64>,
    /// Length of the line in bytes, if it is truncated.
    pub bytes: Option<u64>,
    /// Whether it looks like an error.
    pub is_error: bool,
    width: u64,
}

impl LogLine {
    /// A line that is not truncated.
    #[must_use]
    pub fn new(number: u64, line: Line, time_ms: Option<u64>) -> Self {
        let text = line.text();
        let (width, is_error) = (width(&text), is_error_line(&text));
        Self { number, line, time_ms, bytes: None, is_error, width }
    }
}

/// The layout of a line and its repetitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LineLayout {
    index: usize,
    repeats: u64,
    /// The end of the line in rows from the top of the block.
    end: u64,
}

/// Consecutive lines with their layout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    rows: Vec<LogLine>,
    layouts: Vec<LineLayout>,
    layout_options: LayoutOptions,
}

impl Block {
    /// Creates a block.
    #[must_use]
    pub fn new(rows: Vec<LogLine>, layout_options: LayoutOptions) -> Self {
        let mut block = Self { rows, layouts: Vec::new(), layout_options };
        block.lay_out(layout_options);
        block
    }

    /// Computes the layout for another shape.
    pub fn lay_out(&mut self, layout_options: LayoutOptions) {
        self.layout_options = layout_options;
        self.layouts.clear();
        for index in 0..self.rows.len() {
            self.lay_out_line(index);
        }
    }

    /// Appends a line.
    pub fn push(&mut self, row: LogLine) {
        self.rows.push(row);
        self.lay_out_line(self.rows.len() - 1);
    }

    /// Height in rows.
    #[must_use]
    pub fn height(&self) -> u64 {
        self.layouts.last().map_or(0, |layouts| layouts.end)
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[LogLine] {
        &self.rows
    }

    /// The row at which the line with this number begins, or the next existing one.
    #[must_use]
    pub fn top_of(&self, number: u64) -> u64 {
        let after = self.layouts.partition_point(|layouts| {
            let last = layouts.index + usize::try_from(layouts.repeats).unwrap_or(0);
            self.rows.get(last).is_some_and(|row| row.number < number)
        });
        after.checked_sub(1).map_or(0, |before| self.layouts[before].end)
    }

    /// The lines between two rows, each with its number of repetitions, and the row at
    /// which the first of them begins.
    #[must_use]
    pub fn between(&self, from: u64, to: u64) -> (u64, Vec<(&LogLine, u64)>) {
        let first = self.layouts.partition_point(|layouts| layouts.end <= from);
        let top = first.checked_sub(1).map_or(0, |before| self.layouts[before].end);
        let mut begin = top;
        let in_view = self.layouts[first.min(self.layouts.len())..].iter().take_while(|layouts| {
            let is_in = begin < to;
            begin = layouts.end;
            is_in
        });
        (top, in_view.map(|layouts| (&self.rows[layouts.index], layouts.repeats)).collect())
    }

    fn lay_out_line(&mut self, index: usize) {
        let repeats_last =
            |layouts: &LineLayout| self.rows[layouts.index].line == self.rows[index].line;
        if self.layout_options.fold
            && !self.rows[index].line.spans.is_empty()
            && self.layouts.last().is_some_and(repeats_last)
        {
            if let Some(last) = self.layouts.last_mut() {
                last.repeats += 1;
            }
            return;
        }
        let width = self.rows[index].width;
        let rows = self
            .layout_options
            .columns
            .map_or(1, |columns| width.div_ceil(u64::from(columns.max(1))).max(1));
        self.layouts.push(LineLayout { index, repeats: 0, end: self.height() + rows });
    }
}

#[cfg(test)]
mod tests {
    use common::ansi::{Span, Style};

    use super::*;

    fn block(columns: Option<u32>, fold: bool, lines: &[&str]) -> Block {
        let row = |(number, text): (usize, &&str)| {
            let spans = match text.is_empty() {
                true => vec![],
                false => vec![Span { text: (*text).to_owned(), style: Style::default() }],
            };
            LogLine::new(number as u64, Line { spans, hidden: 0 }, None)
        };
        Block::new(lines.iter().enumerate().map(row).collect(), LayoutOptions { columns, fold })
    }

    fn tops(block: &Block, count: u64) -> Vec<u64> {
        (0..count).map(|number| block.top_of(number)).collect()
    }

    #[test]
    fn unwrapped_lines_are_one_row_each() {
        let block = block(None, false, &["a", &"x".repeat(1000), "c"]);
        assert_eq!((block.height(), tops(&block, 4)), (3, vec![0, 1, 2, 3]));
    }

    #[test]
    fn wrapped_lines_have_the_height_of_their_characters() {
        let block = block(Some(10), false, &["", "0123456789", "0123456789a", "训练训练训练"]);
        assert_eq!((block.height(), tops(&block, 4)), (6, vec![0, 1, 2, 4]));
        let (top, rows) = block.between(3, 5);
        assert_eq!(
            (top, rows.iter().map(|(row, _)| row.number).collect::<Vec<_>>()),
            (2, vec![2, 3])
        );
    }

    #[test]
    fn repeated_lines_are_folded_into_the_first() {
        let mut block = block(None, true, &["a", "b", "b", "b", "c", "", ""]);
        assert_eq!((block.height(), tops(&block, 5)), (5, vec![0, 1, 1, 1, 2]));
        let (_, rows) = block.between(0, 3);
        let seen: Vec<(u64, u64)> = rows.iter().map(|(row, more)| (row.number, *more)).collect();
        assert_eq!(seen, [(0, 0), (1, 2), (4, 0)]);
        block.lay_out(LayoutOptions::default());
        assert_eq!(block.height(), 7);
    }
}
