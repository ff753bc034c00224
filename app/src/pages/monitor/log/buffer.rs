//! The part of a log that the browser holds: a window of lines that grows at its end,
//! is bounded at its beginning and can be extended there on request.

use std::collections::VecDeque;
use std::ops::Range;

use common::ansi::Style;

use super::layout::Layout;
use super::line::Line;

/// A longer line is shown as several, so that one endless line costs no more than many short ones.
const MAX_LINE_BYTES: usize = 16 << 10;

/// The lines at hand and where they are in the file.
#[derive(Debug, Clone)]
pub struct Buffer {
    lines: VecDeque<Line>,
    layout: Layout,
    /// Whether the last line may still grow.
    open: bool,
    /// Byte offset of the beginning of the first line.
    start: u64,
    /// Byte offset of the end of the last line.
    end: u64,
    /// The most lines that are kept.
    limit: usize,
}

/// What an append did to the lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growth {
    /// New lines at the end.
    pub added: usize,
    /// Lines that went at the beginning.
    pub dropped: usize,
}

impl Buffer {
    /// A buffer for at most `limit` lines, empty, at the beginning of a file.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            lines: VecDeque::new(),
            layout: Layout::default(),
            open: false,
            start: 0,
            end: 0,
            limit: limit.max(1),
        }
    }

    /// Forgets everything and takes the piece of a file that ends at byte `end`.
    ///
    /// The end of a line whose beginning is not in the piece is left out.
    pub fn reset(&mut self, text: &str, end: u64) {
        let columns = self.layout.columns();
        *self = Self::new(self.limit);
        self.layout.rebuild(columns, std::iter::empty());
        let from = end.saturating_sub(byte_length(text));
        let lines = self.skip_half_line(text, from);
        self.take(lines);
        self.end = end;
        self.trim();
    }

    /// Adds what follows; `end` is the byte offset of its end. What is here already is ignored.
    pub fn append(&mut self, text: &str, end: u64) -> Growth {
        if end <= self.end {
            return Growth::default();
        }
        let before = self.lines.len();
        self.take(text);
        self.end = end;
        let added = self.lines.len() - before;
        Growth { added, dropped: self.trim() }
    }

    /// Adds what is in the file from byte `start` up to [`Self::start`]; returns how many lines that made.
    pub fn prepend(&mut self, text: &str, start: u64) -> usize {
        let mut earlier = Self::new(usize::MAX);
        let lines = self.skip_half_line(text, start);
        earlier.take(lines);
        let count = earlier.lines.len();
        // The user asked for these lines, so they stay although the buffer was full.
        self.limit = self.limit.saturating_add(count);
        let first = self.lines.front().map_or(0, Line::number);
        for (back, line) in (1..).zip(earlier.lines.into_iter().rev()) {
            self.lines.push_front(line.numbered(first - back));
        }
        self.lay_out(self.layout.columns());
        count
    }

    /// Lays the lines out for rows of `columns` characters; `None` does not wrap.
    pub fn lay_out(&mut self, columns: Option<u32>) {
        self.layout.rebuild(columns, self.lines.iter().map(Line::width));
    }

    /// Where the lines stand.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The lines of a window, as [`Layout::window`] gives it.
    pub fn window(&self, range: Range<usize>) -> impl Iterator<Item = &Line> {
        self.lines.range(range.start.min(self.lines.len())..range.end.min(self.lines.len()))
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// The place of the line with a number.
    #[must_use]
    pub fn place_of(&self, number: i64) -> Option<usize> {
        let first = self.lines.front()?.number();
        usize::try_from(number - first).ok().filter(|place| *place < self.lines.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Byte offset before which nothing is loaded; 0 when the beginning is here.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// Byte offset from which a stream goes on.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// The whole lines of a piece that begins at byte `from`, which become the first ones.
    fn skip_half_line<'a>(&mut self, text: &'a str, from: u64) -> &'a str {
        // A piece without any line end is part of one huge line: better shown torn than never.
        let cut = if from == 0 { 0 } else { text.find('\n').map_or(0, |at| at + 1) };
        self.start = from + byte_length(&text[..cut]);
        &text[cut..]
    }

    fn take(&mut self, text: &str) {
        for piece in text.split_inclusive('\n') {
            let body = piece.strip_suffix('\n');
            self.take_piece(body.unwrap_or(piece));
            if let Some(last) = self.lines.back_mut().filter(|_| body.is_some()) {
                last.close();
                self.open = false;
            }
        }
    }

    fn take_piece(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let room = match self.lines.back().filter(|_| self.open) {
                Some(line) => MAX_LINE_BYTES.saturating_sub(line.raw().len()),
                None => MAX_LINE_BYTES,
            };
            let (now, later) = rest.split_at(floor_boundary(rest, room));
            if self.open && (!now.is_empty() || later.is_empty()) {
                self.extend_last(now);
            } else if !self.open {
                self.push(now);
            }
            if later.is_empty() {
                return;
            }
            self.open = false;
            rest = later;
        }
    }

    fn push(&mut self, raw: &str) {
        let (number, style) = match self.lines.back() {
            Some(last) => (last.number() + 1, last.style_after()),
            None => (0, Style::default()),
        };
        let line = Line::new(number, raw, style);
        self.layout.push(line.width());
        self.lines.push_back(line);
        self.open = true;
    }

    fn extend_last(&mut self, more: &str) {
        if let Some(last) = self.lines.back_mut().filter(|_| !more.is_empty()) {
            last.extend(more);
            self.layout.replace_last(last.width());
        }
    }

    fn trim(&mut self) -> usize {
        let excess = self.lines.len().saturating_sub(self.limit);
        if excess > 0 {
            self.start += self.lines.drain(..excess).map(|line| line.bytes()).sum::<u64>();
            self.layout.drop_front(excess);
        }
        excess
    }
}

/// How many bytes of a file a decoded text stands for.
///
/// A replacement character is counted as the one bad byte that it usually stands for.
#[must_use]
pub fn byte_length(text: &str) -> u64 {
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    (text.len() - 2 * replaced) as u64
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(buffer: &Buffer) -> Vec<String> {
        buffer.lines().map(|line| line.plain().into_owned()).collect()
    }

    #[test]
    fn lines_are_the_same_however_the_text_is_cut() {
        let text = "one\ntwo 训练\n\nlast";
        for cut in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let mut buffer = Buffer::new(10);
            buffer.append(&text[..cut], cut as u64);
            buffer.append(&text[cut..], text.len() as u64);
            assert_eq!(texts(&buffer), ["one", "two 训练", "", "last"], "cut at {cut}");
            assert_eq!(buffer.layout().total_rows(), 4);
            assert_eq!((buffer.start(), buffer.end()), (0, text.len() as u64));
        }
    }

    #[test]
    fn what_comes_twice_is_shown_once() {
        let mut buffer = Buffer::new(10);
        buffer.append("a\nb\n", 4);
        assert_eq!(buffer.append("b\n", 4), Growth::default());
        assert_eq!(texts(&buffer), ["a", "b"]);
    }

    #[test]
    fn the_oldest_lines_go_first_and_can_be_loaded_again() {
        let mut buffer = Buffer::new(3);
        let growth = buffer.append("l1\nl2\nl3\nl4\nl5\n", 15);
        assert_eq!(growth, Growth { added: 5, dropped: 2 });
        assert_eq!((texts(&buffer).join(" "), buffer.start()), ("l3 l4 l5".to_owned(), 6));
        assert_eq!(buffer.prepend("l1\nl2\n", 0), 2);
        assert_eq!(texts(&buffer), ["l1", "l2", "l3", "l4", "l5"]);
        assert_eq!(buffer.layout().total_rows(), 5);
        let numbers: Vec<i64> = buffer.lines().map(Line::number).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4], "a line keeps its number");
    }

    #[test]
    fn a_tail_leaves_out_half_a_line_until_all_of_it_is_loaded() {
        let file = "start\nxx\nhalf\nb\nc";
        let end = file.len() as u64;
        let mut buffer = Buffer::new(10);
        buffer.reset(&file[11..], end);
        assert_eq!((texts(&buffer), buffer.start()), (vec!["b".to_owned(), "c".to_owned()], 14));
        assert_eq!(buffer.prepend(&file[7..14], 7), 1);
        assert_eq!((texts(&buffer).join(" "), buffer.start()), ("half b c".to_owned(), 9));
        assert_eq!(buffer.prepend(&file[..9], 0), 2);
        assert_eq!(texts(&buffer), ["start", "xx", "half", "b", "c"]);
        buffer.append("!\n", end + 2);
        assert_eq!(texts(&buffer).last().map(String::as_str), Some("c!"));
    }

    #[test]
    fn bad_bytes_do_not_shift_the_place() {
        let file = b"one\nca\xe9f\xe9\ntwo\n";
        let text = String::from_utf8_lossy(&file[1..]);
        let mut buffer = Buffer::new(10);
        buffer.reset(&text, file.len() as u64);
        assert_eq!(buffer.start(), 4);
    }

    #[test]
    fn an_endless_line_is_cut_and_stays_complete() {
        let text = "训".repeat(20_000);
        let mut buffer = Buffer::new(100);
        buffer.append(&text, text.len() as u64);
        buffer.append("!\nnext\n", text.len() as u64 + 7);
        let whole: String = buffer.lines().map(|line| line.raw().to_owned()).collect();
        assert_eq!(whole, format!("{text}!next"));
        assert!(buffer.lines().all(|line| line.raw().len() <= MAX_LINE_BYTES));
        let bytes: u64 = buffer.lines().map(Line::bytes).sum();
        assert_eq!(bytes, text.len() as u64 + 7);
    }

    #[test]
    fn numbers_lead_to_places() {
        let mut buffer = Buffer::new(2);
        buffer.append("a\nb\nc\n", 6);
        assert_eq!([0, 1, 2, 3].map(|n| buffer.place_of(n)), [None, Some(0), Some(1), None]);
    }
}
