//! Where each line of a log stands on the screen, so that only those in view need to exist.
//!
//! A line is one row high, or, wrapped, as many rows as its characters need. Heights are
//! computed and never measured: the font is monospaced and lines break at any character.

use std::collections::VecDeque;
use std::ops::Range;

/// Rows above and below the view that exist as well, so that scrolling shows no gap.
const OVERSCAN_ROWS: u64 = 12;

/// The running sum of the heights of all lines, in rows.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// How many characters fit a row; `None` where lines are not wrapped.
    columns: Option<u32>,
    /// Row at which each line ends, counted from the first line ever.
    ends: VecDeque<u64>,
    /// Row at which the first line begins.
    base: u64,
}

impl Layout {
    /// Lays out all lines anew, given the width of each, for rows of `columns` characters.
    pub fn rebuild(&mut self, columns: Option<u32>, widths: impl Iterator<Item = u64>) {
        self.columns = columns;
        self.base = 0;
        self.ends.clear();
        for width in widths {
            self.push(width);
        }
    }

    /// How many characters fit a row.
    #[must_use]
    pub fn columns(&self) -> Option<u32> {
        self.columns
    }

    /// Adds a line of `width` cells at the end.
    pub fn push(&mut self, width: u64) {
        let begin = self.total_end();
        self.ends.push_back(begin + self.rows_of(width));
    }

    /// The last line is now `width` cells wide.
    pub fn replace_last(&mut self, width: u64) {
        self.ends.pop_back();
        self.push(width);
    }

    /// The first lines are gone.
    pub fn drop_front(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(end) = self.ends.pop_front() {
                self.base = end;
            }
        }
    }

    /// The height of everything, in rows.
    #[must_use]
    pub fn total_rows(&self) -> u64 {
        self.total_end() - self.base
    }

    /// The row at which a line begins.
    #[must_use]
    pub fn row_of(&self, line: usize) -> u64 {
        match line.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).map_or(self.total_rows(), |end| end - self.base),
        }
    }

    /// The lines of which something is in view, and a few more, for a view of `rows` rows from `top`.
    #[must_use]
    pub fn window(&self, top: u64, rows: u64) -> Range<usize> {
        let first_row = self.base + top.saturating_sub(OVERSCAN_ROWS);
        let last_row = self.base + top + rows + OVERSCAN_ROWS;
        let first = self.ends.partition_point(|end| *end <= first_row);
        let last = self.ends.partition_point(|end| *end < last_row);
        first..(last + 1).min(self.ends.len()).max(first)
    }

    fn total_end(&self) -> u64 {
        self.ends.back().copied().unwrap_or(self.base)
    }

    fn rows_of(&self, width: u64) -> u64 {
        self.columns.map_or(1, |columns| width.div_ceil(u64::from(columns.max(1))).max(1))
    }
}

/// How many cells of the screen a text takes: East Asian characters and emoji take two,
/// a tab goes on to the next multiple of eight.
#[must_use]
pub fn width(text: &str) -> u64 {
    if text.is_ascii() && !text.contains('\t') {
        return text.len() as u64;
    }
    text.chars().fold(0, |cells, letter| match letter {
        '\t' => (cells / 8 + 1) * 8,
        letter if is_wide(letter) => cells + 2,
        _ => cells + 1,
    })
}

fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(columns: Option<u32>, lines: &[&str]) -> Layout {
        let mut layout = Layout::default();
        layout.rebuild(columns, lines.iter().map(|line| width(line)));
        layout
    }

    #[test]
    fn unwrapped_lines_are_one_row_each() {
        let long = "x".repeat(1000);
        let layout = layout(None, &["a", &long, "c"]);
        assert_eq!(layout.total_rows(), 3);
        assert_eq!(layout.row_of(2), 2);
        assert_eq!(layout.row_of(9), 3);
    }

    #[test]
    fn wrapped_lines_take_what_their_characters_need() {
        let layout = layout(Some(10), &["", "0123456789", "0123456789a", "训练训练训练"]);
        assert_eq!([0, 1, 2, 3].map(|line| layout.row_of(line)), [0, 1, 2, 4]);
        assert_eq!(layout.total_rows(), 6);
    }

    #[test]
    fn tabs_go_on_to_their_stops() {
        assert_eq!(["", "\t", "1234567\t", "12345678\tx", "训\t"].map(width), [0, 8, 8, 17, 8]);
    }

    #[test]
    fn the_window_holds_what_is_in_view_and_no_more_than_it_must() {
        let mut layout = Layout::default();
        layout.rebuild(None, std::iter::repeat_n(5, 1000));
        let window = layout.window(500, 40);
        assert!(window.start <= 500 && window.end >= 540, "{window:?}");
        assert!(window.len() as u64 <= 40 + 2 * OVERSCAN_ROWS + 2, "{window:?}");
        assert_eq!(layout.window(0, 40).start, 0);
        assert_eq!(layout.window(5000, 40), 1000..1000);
        assert_eq!(Layout::default().window(0, 40), 0..0);
    }

    #[test]
    fn dropping_and_growing_keep_the_sums_right() {
        let mut layout = layout(Some(10), &["a", "0123456789abc", "b"]);
        layout.drop_front(1);
        assert_eq!((layout.total_rows(), layout.row_of(1)), (3, 2));
        layout.replace_last(13);
        layout.push(1);
        assert_eq!((layout.total_rows(), layout.row_of(2)), (5, 4));
        layout.drop_front(3);
        layout.push(1);
        assert_eq!((layout.total_rows(), layout.row_of(0)), (1, 0));
    }
}
