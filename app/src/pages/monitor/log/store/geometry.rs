//! The geometry of the log: rows of loaded lines, and placeholders for the others.

use super::{CHUNK_LINES, LogStore};
use crate::pages::monitor::log::block::{Block, LogLine};

/// A visible item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::monitor::log) enum Item {
    /// A line, and its number of folded repetitions.
    Line(Box<LogLine>, u64),
    /// A placeholder for the lines of a chunk that is not loaded.
    Gap { chunk: u64, rows: u64 },
}

/// The items of a range of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pages::monitor::log) struct VisibleItems {
    /// The row at which the first item begins.
    pub(in crate::pages::monitor::log) top: u64,
    pub(in crate::pages::monitor::log) items: Vec<Item>,
    /// Visible chunks that are not loaded.
    pub(in crate::pages::monitor::log) missing: Vec<u64>,
}

impl LogStore {
    /// The height of the log, in rows.
    pub(in crate::pages::monitor::log) fn height(&self) -> u64 {
        self.tail_top() + self.tail.height()
    }

    /// The row at which a line begins.
    pub(in crate::pages::monitor::log) fn top_of(&self, line: u64) -> u64 {
        if line >= self.tail_first {
            return self.tail_top() + self.tail.top_of(line);
        }
        let chunk = line / CHUNK_LINES;
        let within = self.chunks.get(&chunk).map_or(line % CHUNK_LINES, |it| it.top_of(line));
        self.chunk_top(chunk) + within
    }

    /// The line at a row.
    pub(in crate::pages::monitor::log) fn line_at(&self, row: u64) -> u64 {
        let in_view = self.view(row, 1);
        match in_view.items.first() {
            Some(Item::Line(line, _)) => line.number,
            Some(Item::Gap { chunk, .. }) => chunk * CHUNK_LINES + (row - in_view.top),
            None => self.line_count(),
        }
    }

    /// The items of `count` rows from row `from`.
    pub(in crate::pages::monitor::log) fn view(&self, from: u64, count: u64) -> VisibleItems {
        let to = from + count;
        let tail_top = self.tail_top();
        let mut view = VisibleItems { top: from, ..VisibleItems::default() };
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

    /// The chunk at a row.
    fn chunk_in(&self, row: u64) -> u64 {
        // Only loaded chunks, which are few, have another height than their number of lines.
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

fn item((row, repeats): (&LogLine, u64)) -> Item {
    Item::Line(Box::new(row.clone()), repeats)
}
