//! What the browser holds of a log: its end, which grows, and some chunks of the rest.
//!
//! Every line has its place, whether it is here or not, so that the scroll bar stands for the whole
//! log. A chunk that is not here takes a row a line until it comes.

use std::collections::{BTreeMap, VecDeque};

use common::ansi::{Screen, Style};
use common::log::LogWindow;

use super::block::{Block, Row, Shape};

/// How many lines of the file a chunk has.
pub(super) const CHUNK_LINES: u64 = 512;
/// How many lines before and after a chunk are looked at: a bar may be drawn across its border.
pub(super) const CONTEXT_LINES: u64 = 44;
/// The most chunks that are kept.
const MAX_CHUNKS: usize = 64;
/// How many lines a program may still write over; no terminal of ours is as high.
const LIVE_ROWS: usize = 60;
/// How many lines the live end may have before it is cut.
const MAX_LIVE_ROWS: usize = 400;
/// How many times of arriving lines are kept.
const MAX_TIMES: usize = 2_000;

/// What is in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A line, and how many more like it follow.
    Row(Box<Row>, u64),
    /// Rows of lines that are not here.
    Gap { chunk: u64, rows: u64 },
}

/// What a look at some rows gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct InView {
    /// The row at which the first item begins.
    pub(super) top: u64,
    pub(super) items: Vec<Item>,
    /// Chunks that are in view and not here.
    pub(super) missing: Vec<u64>,
}

/// A log.
#[derive(Debug, Clone)]
pub(super) struct LogStore {
    chunks: BTreeMap<u64, Block>,
    screen: Screen,
    /// The rows of the screen, laid out.
    tail: Block,
    /// Everything before this line is no longer on the screen.
    tail_first: u64,
    /// Byte offset of the end.
    end: u64,
    times: VecDeque<(u64, u64)>,
    shape: Shape,
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
            shape: Shape::default(),
        }
    }
}

impl LogStore {
    /// Shows the end of a log; lines without numbers are counted from 0.
    pub(super) fn open(&mut self, window: &LogWindow) {
        let first = window.from_line.unwrap_or(1).saturating_sub(1);
        let shape = self.shape;
        *self =
            Self { screen: Screen::numbered(first, Style::default()), shape, ..Self::default() };
        self.end = window.end_offset;
        self.times = times(window).collect();
        // Lines before the first whole chunk only say in which colours it begins.
        self.tail_first = first.next_multiple_of(CHUNK_LINES);
        if window.lines.len() as u64 <= self.tail_first - first {
            self.tail_first = first;
        }
        self.screen.feed(&text(window, !window.last_line_open));
        self.settle(LIVE_ROWS);
        self.lay_out_tail();
    }

    /// Adds what follows; `end` is the byte offset of its end. What is here already is ignored.
    /// Returns how many lines that made.
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
            self.settle(LIVE_ROWS);
        }
        self.screen.line_feeds() - before
    }

    /// Takes a chunk that was asked for.
    pub(super) fn take_chunk(&mut self, chunk: u64, window: &LogWindow) {
        let Some(first) = window.from_line.map(|line| line - 1) else { return };
        let (from, to) = (chunk * CHUNK_LINES, self.end_of(chunk));
        let mut screen = Screen::numbered(first, Style::default());
        screen.feed(&text(window, false));
        let known: Vec<(u64, u64)> = times(window).collect();
        let rows = screen.numbered_lines().filter(|(number, _)| (from..to).contains(number));
        let rows = rows.map(|(number, line)| {
            let mut row = Row::new(number, line.clone(), time_at(&known, number));
            let long = window.long_lines.iter().find(|long| long.line == number + 1);
            row.bytes = long.map(|long| long.bytes);
            row
        });
        self.chunks.insert(chunk, Block::new(rows.collect(), self.shape));
    }

    /// Forgets chunks that are far from a line, when there are too many.
    pub(super) fn evict(&mut self, near_line: u64) {
        let near = near_line / CHUNK_LINES;
        while self.chunks.len() > MAX_CHUNKS {
            let first = self.chunks.keys().next().copied().unwrap_or_default();
            let last = self.chunks.keys().next_back().copied().unwrap_or_default();
            let far = if near.abs_diff(first) > near.abs_diff(last) { first } else { last };
            self.chunks.remove(&far);
        }
    }

    /// Lays everything out anew.
    pub(super) fn lay_out(&mut self, shape: Shape) {
        self.shape = shape;
        self.chunks.values_mut().for_each(|chunk| chunk.lay_out(shape));
        self.lay_out_tail();
    }

    /// Lays the live end out, after something was appended.
    pub(super) fn lay_out_tail(&mut self) {
        let known = self.times.make_contiguous();
        let rows = self.screen.numbered_lines().filter(|(number, _)| *number >= self.tail_first);
        let mut rows: Vec<Row> = rows
            .map(|(number, line)| Row::new(number, line.clone(), time_at(known, number)))
            .collect();
        // Where the cursor waits is no line yet.
        if rows.last().is_some_and(|row| row.line.spans.is_empty() && row.line.hidden == 0) {
            rows.pop();
        }
        self.tail = Block::new(rows, self.shape);
    }

    /// How everything is laid out.
    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// How many lines the log has.
    pub(super) fn lines(&self) -> u64 {
        let open = self.screen.lines().back().is_some_and(|line| !line.spans.is_empty());
        self.screen.line_feeds() + u64::from(open)
    }

    /// Byte offset from which a stream goes on.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// The height of everything, in rows.
    pub(super) fn height(&self) -> u64 {
        self.tail_top() + self.tail.height()
    }

    /// The row at which a line begins.
    pub(super) fn top_of(&self, line: u64) -> u64 {
        if line >= self.tail_first {
            return self.tail_top() + self.tail.top_of(line);
        }
        let chunk = line / CHUNK_LINES;
        let within = self.chunks.get(&chunk).map_or(line % CHUNK_LINES, |it| it.top_of(line));
        self.chunk_top(chunk) + within
    }

    /// The line that is shown in a row.
    pub(super) fn line_at(&self, row: u64) -> u64 {
        let in_view = self.view(row, 1);
        match in_view.items.first() {
            Some(Item::Row(shown, _)) => shown.number,
            Some(Item::Gap { chunk, .. }) => chunk * CHUNK_LINES + (row - in_view.top),
            None => self.lines(),
        }
    }

    /// What is to be seen in `count` rows from `from`.
    pub(super) fn view(&self, from: u64, count: u64) -> InView {
        let to = from + count;
        let tail_top = self.tail_top();
        let mut view = InView { top: from, ..InView::default() };
        let mut chunk = self.chunk_in(from.min(tail_top));
        let mut top = self.chunk_top(chunk);
        let mut is_first = true;
        while top < to && chunk * CHUNK_LINES < self.tail_first {
            let lines = self.end_of(chunk) - chunk * CHUNK_LINES;
            let Some(block) = self.chunks.get(&chunk) else {
                if top + lines > from {
                    view.top = if is_first { top } else { view.top };
                    is_first = false;
                    view.items.push(Item::Gap { chunk, rows: lines });
                    view.missing.push(chunk);
                }
                (chunk, top) = (chunk + 1, top + lines);
                continue;
            };
            if top + block.height() > from {
                let (begin, rows) = block.between(from.saturating_sub(top), to - top);
                if is_first {
                    view.top = top + begin;
                    is_first = false;
                }
                view.items.extend(rows.into_iter().map(item));
            }
            (chunk, top) = (chunk + 1, top + block.height());
        }
        if to > tail_top {
            let (begin, rows) = self.tail.between(from.saturating_sub(tail_top), to - tail_top);
            if is_first {
                view.top = tail_top + begin;
            }
            view.items.extend(rows.into_iter().map(item));
        }
        view
    }

    /// The lines that are here, of a range of numbers.
    pub(super) fn rows(&self, from: u64, to: u64) -> impl Iterator<Item = &Row> {
        let settled = self.chunks.values().flat_map(Block::rows);
        let of_tail = self.tail.rows().iter();
        settled.chain(of_tail).filter(move |row| (from..to).contains(&row.number))
    }

    /// Moves what no program will write over any more from the screen into chunks.
    fn settle(&mut self, keep: usize) {
        let until = self.tail_first;
        let known: Vec<(u64, u64)> = self.times.iter().copied().collect();
        for (number, line) in self.screen.settle(keep) {
            if number < until {
                continue;
            }
            let chunk = number / CHUNK_LINES;
            let row = Row::new(number, line, time_at(&known, number));
            match self.chunks.get_mut(&chunk) {
                Some(block) => block.push(row),
                // A chunk whose beginning is not here is asked for when it is looked at.
                None if chunk * CHUNK_LINES >= until => {
                    self.chunks.insert(chunk, Block::new(vec![row], self.shape));
                }
                None => {}
            }
        }
        let first = self.screen.numbered_lines().next().map_or(0, |(number, _)| number);
        self.tail_first = first.max(until);
    }

    /// The line behind the last one of a chunk.
    fn end_of(&self, chunk: u64) -> u64 {
        ((chunk + 1) * CHUNK_LINES).min(self.tail_first)
    }

    fn tail_top(&self) -> u64 {
        let chunk = self.tail_first / CHUNK_LINES;
        let within = self.chunks.get(&chunk).map_or(self.tail_first % CHUNK_LINES, Block::height);
        self.chunk_top(chunk) + within
    }

    fn chunk_top(&self, chunk: u64) -> u64 {
        let before = self.chunks.range(..chunk);
        before.fold(chunk * CHUNK_LINES, |top, (at, block)| {
            let lines = self.end_of(*at).saturating_sub(at * CHUNK_LINES);
            (top + block.height()).saturating_sub(lines)
        })
    }

    /// The chunk that a row is in.
    fn chunk_in(&self, row: u64) -> u64 {
        // Heights of chunks differ from their lines only where they are here, which few are.
        let (mut from, mut top) = (0, 0);
        for (at, block) in &self.chunks {
            let begin = top + (at - from) * CHUNK_LINES;
            if row < begin {
                break;
            }
            (from, top) = (at + 1, begin + block.height());
            if row < top {
                return *at;
            }
        }
        from + (row.saturating_sub(top)) / CHUNK_LINES
    }
}

fn item((row, repeats): (&Row, u64)) -> Item {
    Item::Row(Box::new(row.clone()), repeats)
}

fn text(window: &LogWindow, ended: bool) -> String {
    let mut text = window.lines.join("\n");
    if ended && !window.lines.is_empty() {
        text.push('\n');
    }
    text
}

/// From which line on which time holds; only where it is known.
fn times(window: &LogWindow) -> impl Iterator<Item = (u64, u64)> {
    let first = window.from_line.unwrap_or(1).saturating_sub(1);
    (first..).zip(&window.times_ms).filter_map(|(line, time)| Some((line, (*time)?)))
}

fn time_at(known: &[(u64, u64)], line: u64) -> Option<u64> {
    let after = known.partition_point(|(from, _)| *from <= line);
    after.checked_sub(1).map(|at| known[at].1)
}

/// How many bytes of a file a decoded text stands for.
///
/// A replacement character is counted as the one bad byte that it usually stands for.
fn byte_length(text: &str) -> u64 {
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    (text.len() - 2 * replaced) as u64
}

fn ceil_boundary(text: &str, at: u64) -> usize {
    let mut at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of numbered lines, as the server would give it.
    fn window(from: u64, count: u64, total: u64) -> LogWindow {
        let to = (from + count).min(total);
        let lines: Vec<String> = (from..to).map(|line| format!("l{line}")).collect();
        LogWindow {
            from_line: Some(from + 1),
            times_ms: vec![None; lines.len()],
            lines,
            total_lines: Some(total),
            end_offset: to * 100,
            ..LogWindow::default()
        }
    }

    fn numbers(view: &InView) -> Vec<u64> {
        let number = |item: &Item| match item {
            Item::Row(row, _) => Some(row.number),
            Item::Gap { .. } => None,
        };
        view.items.iter().filter_map(number).collect()
    }

    fn opened(total: u64) -> LogStore {
        let mut store = LogStore::default();
        store.open(&window(total.saturating_sub(1000), 1000, total));
        store
    }

    #[test]
    fn a_small_log_is_all_here() {
        let store = opened(3);
        assert_eq!((store.lines(), store.height()), (3, 3));
        assert_eq!(numbers(&store.view(0, 10)), [0, 1, 2]);
    }

    #[test]
    fn a_large_log_has_room_for_all_and_holds_its_end() {
        let store = opened(1_000_000);
        assert_eq!((store.lines(), store.height()), (1_000_000, 1_000_000));
        let view = store.view(999_990, 10);
        assert_eq!(numbers(&view), (999_990..1_000_000).collect::<Vec<_>>());
        let view = store.view(500_000, 20);
        assert_eq!((numbers(&view), view.missing), (vec![], vec![500_000 / CHUNK_LINES]));
        assert_eq!(store.line_at(500_003), 500_003);
    }

    #[test]
    fn a_chunk_fills_its_gap() {
        let mut store = opened(100_000);
        let chunk = 40;
        let first = chunk * CHUNK_LINES;
        store.take_chunk(
            chunk,
            &window(first - CONTEXT_LINES, CHUNK_LINES + 2 * CONTEXT_LINES, 100_000),
        );
        let view = store.view(first + 7, 3);
        assert_eq!((view.top, numbers(&view)), (first + 7, vec![first + 7, first + 8, first + 9]));
        assert_eq!(store.height(), 100_000);
        store.evict(99_000);
        assert_eq!(store.top_of(99_999), 99_999);
    }

    #[test]
    fn wrapping_moves_what_is_below_and_keeps_the_sums_right() {
        let mut store = opened(10_000);
        store.take_chunk(2, &window(2 * CHUNK_LINES, CHUNK_LINES, 10_000));
        store.lay_out(Shape { columns: Some(2), fold: false });
        // `l1024` takes three rows of two letters.
        assert_eq!(store.top_of(3 * CHUNK_LINES), 5 * CHUNK_LINES);
        for line in [0, 5, 1024, 1025, 1536, 4000, 9_999] {
            assert_eq!(store.line_at(store.top_of(line)), line);
        }
    }

    #[test]
    fn it_grows_and_takes_nothing_twice() {
        let mut store = LogStore::default();
        assert_eq!(store.append("a\nb\n", 4, 10), 2);
        assert_eq!(store.append("b\n", 4, 11), 0);
        assert_eq!(store.append("b\nc", 5, 12), 0);
        store.lay_out_tail();
        assert_eq!((store.lines(), store.end()), (3, 5));
        let times: Vec<_> = store.rows(0, 9).map(|row| row.time_ms).collect();
        assert_eq!(times, [Some(10), Some(10), Some(12)]);
    }

    #[test]
    fn long_growth_settles_into_chunks_and_stays_bounded() {
        let mut store = opened(700);
        let mut end = 70_000;
        for line in 700..200_000_u64 {
            end += 100;
            store.append(&format!("l{line}\n"), end, line);
            if line % 1000 == 0 {
                store.evict(line);
            }
        }
        store.lay_out_tail();
        assert_eq!((store.lines(), store.height()), (200_000, 200_000));
        assert!(store.chunks.len() <= MAX_CHUNKS + 2);
        assert_eq!(numbers(&store.view(199_000, 3)), [199_000, 199_001, 199_002]);
        assert_eq!(store.view(10, 3).missing, [0]);
    }

    #[test]
    fn a_bar_across_chunks_is_one_line() {
        let mut store = LogStore::default();
        let bar: String = (0..2_000).map(|n| format!("\u{1b}[Astep {n}\n")).collect();
        store.append(&format!("start\nstep\n{bar}end\n"), 100_000, 0);
        store.lay_out_tail();
        let texts: Vec<String> = store.rows(0, 9_999).map(|row| row.line.text()).collect();
        assert_eq!(texts, ["start", "step 1999", "end"]);
        assert_eq!(store.height(), 3);
    }
}
