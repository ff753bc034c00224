//! Reads lines of a log, each cut to a displayable length.

use std::fs::File;
use std::io;

use common::log::{LongLine, MAX_LINE_BYTES};
use memchr::{memchr, memrchr};

use super::line_index::LineStart;
use super::piece::read_range;

/// Block size for reading.
const BLOCK_BYTES: u64 = 256 << 10;

/// Consecutive lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub texts: Vec<String>,
    /// The byte offset of each line.
    pub starts: Vec<u64>,
    /// Lines that were cut.
    pub long: Vec<LongLine>,
    /// The byte offset after the last line.
    pub end: u64,
}

/// Reads at most `count` lines from the start of a line, up to byte `to`.
pub(crate) fn read_lines(file: &File, from: LineStart, count: u64, to: u64) -> io::Result<Lines> {
    let mut lines = Lines { end: from.byte, ..Lines::default() };
    let mut block = Vec::new();
    let mut block_at = from.byte;
    while (lines.texts.len() as u64) < count && lines.end < to {
        let consumed = usize::try_from(lines.end - block_at).unwrap_or(usize::MAX);
        let remaining = block.get(consumed..).unwrap_or_default();
        if let Some(end) = memchr(b'\n', remaining) {
            lines.push(from.line, &remaining[..end], end as u64 + 1);
        } else if block_at + block.len() as u64 >= to {
            lines.push(from.line, remaining, remaining.len() as u64);
        } else if consumed == 0 && block.len() as u64 >= BLOCK_BYTES {
            let line_end = end_of_line(file, block_at + block.len() as u64, to)?;
            lines.push_long(file, from.line, line_end)?;
            (block, block_at) = (Vec::new(), lines.end);
        } else {
            block_at = lines.end;
            block = read_range(file, block_at, to.min(block_at + BLOCK_BYTES))?;
            if block.is_empty() {
                break;
            }
            // The file was truncated: use what is left.
            if (block.len() as u64) < BLOCK_BYTES.min(to - block_at)
                && memchr(b'\n', &block).is_none()
            {
                lines.push(from.line, &block, block.len() as u64);
                break;
            }
        }
    }
    Ok(lines)
}

impl Lines {
    fn push(&mut self, first: u64, bytes: &[u8], length: u64) {
        let visible_bytes = visible(bytes);
        if visible_bytes.len() < bytes.len() && bytes.len() > MAX_LINE_BYTES {
            self.record_cut(first, bytes.len() as u64);
        }
        self.texts.push(String::from_utf8_lossy(visible_bytes).into_owned());
        self.starts.push(self.end);
        self.end += length;
    }

    /// Adds a line that does not fit in a block; `line_end` is the offset of its newline, or the
    /// end of the file.
    fn push_long(&mut self, file: &File, first: u64, line_end: u64) -> io::Result<()> {
        let start = self.end;
        let tail = read_range(file, line_end.saturating_sub(BLOCK_BYTES).max(start), line_end)?;
        let visible_bytes = match memrchr(b'\r', trim_return(&tail)) {
            // A progress bar that was redrawn many times: only its last state is needed.
            Some(_) => visible(&tail).to_vec(),
            None => read_range(file, start, start + MAX_LINE_BYTES as u64)?,
        };
        self.record_cut(first, line_end - start);
        self.texts.push(String::from_utf8_lossy(&visible_bytes).into_owned());
        self.starts.push(start);
        let ended = read_range(file, line_end, line_end + 1)? == b"\n";
        self.end = line_end + u64::from(ended);
        Ok(())
    }

    fn record_cut(&mut self, first: u64, bytes: u64) {
        self.long.push(LongLine { line: first + self.texts.len() as u64 + 1, bytes });
    }
}

/// The end of the line that contains `from`.
fn end_of_line(file: &File, mut from: u64, to: u64) -> io::Result<u64> {
    while from < to {
        let block = read_range(file, from, to.min(from + BLOCK_BYTES))?;
        if let Some(end) = memchr(b'\n', &block) {
            return Ok(from + end as u64);
        }
        if block.is_empty() {
            break;
        }
        from += block.len() as u64;
    }
    Ok(from)
}

/// The part of a line that is displayed: all of a short one, the last state of one that was
/// redrawn, else its beginning.
fn visible(bytes: &[u8]) -> &[u8] {
    if bytes.len() <= MAX_LINE_BYTES {
        return bytes;
    }
    let drawn = trim_return(bytes);
    let mut from = drawn.len();
    // The last few redraws, because a short one does not cover a longer one before it.
    for _ in 0..4 {
        match memrchr(b'\r', &drawn[..from]) {
            Some(position) if drawn.len() - position <= MAX_LINE_BYTES => from = position,
            _ => break,
        }
    }
    if from < drawn.len() { &bytes[from..] } else { &bytes[..MAX_LINE_BYTES] }
}

fn trim_return(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8], count: u64) -> Lines {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        read_lines(&file, LineStart::default(), count, text.len() as u64).unwrap()
    }

    #[test]
    fn lines_are_read_with_or_without_a_last_end() {
        let lines = read(b"a\n\nb", 10);
        assert_eq!(
            (lines.texts, lines.starts, lines.end),
            (vec!["a".into(), String::new(), "b".into()], vec![0, 2, 3], 4)
        );
        assert_eq!(read(b"a\nb\n", 1).end, 2);
        assert_eq!(read(b"", 1), Lines::default());
    }

    #[test]
    fn a_line_of_many_megabytes_is_cut() {
        let text = [b"before\n".as_slice(), &vec![b'x'; 3 << 20], b"\nafter"].concat();
        let lines = read(&text, 10);
        assert_eq!(lines.texts[1].len(), MAX_LINE_BYTES);
        assert_eq!(lines.texts[2], "after");
        assert_eq!(lines.long, [LongLine { line: 2, bytes: 3 << 20 }]);
        assert_eq!(lines.end, text.len() as u64);
    }

    #[test]
    fn a_bar_that_was_redrawn_for_hours_shows_its_end() {
        let bar: String = (0..200_000).map(|n| format!("\r{n} of 200000")).collect();
        let lines = read(format!("{bar}\ndone\n").as_bytes(), 10);
        assert!(lines.texts[0].ends_with("\r199999 of 200000"), "{}", lines.texts[0]);
        assert_eq!(lines.texts[1], "done");
    }

    proptest! {
        #[test]
        fn no_text_is_lost(text in "[ab\n\r]{0,80}", count in 1u64..20) {
            let lines = read(text.as_bytes(), count);
            let wanted: Vec<&str> = text.split_terminator('\n').take(count as usize).collect();
            prop_assert_eq!(lines.texts, wanted);
        }
    }
}
