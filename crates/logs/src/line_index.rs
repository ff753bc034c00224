//! A sparse index of the line starts of a file: one mark per quarter of a megabyte.
//!
//! An index describes one file at the time of its last update. [`LineIndex::update`] detects
//! whether the file is unchanged, has grown, or was replaced.

use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;

use memchr::{memchr_iter, memrchr};

use super::piece::read_range;

/// Initial distance between two marks in bytes; doubled when there are too many marks.
const STRIDE_BYTES: u64 = 256 << 10;
/// Maximum number of marks of one file, of 16 bytes each.
const MAX_MARKS: usize = 32 << 10;
/// Block size for counting lines.
const BLOCK_BYTES: u64 = 1 << 20;
/// How many bytes at both ends of the counted part are compared with the file.
const PROBE_BYTES: u64 = 64;

/// The start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LineStart {
    /// Number of lines before it.
    pub line: u64,
    /// Its byte offset.
    pub byte: u64,
}

/// The index of one file.
#[derive(Debug, Default)]
pub(crate) struct LineIndex {
    file: Option<(u64, u64)>,
    marks: Vec<LineStart>,
    stride: u64,
    /// Number of bytes that were counted, and of line ends in them.
    counted_bytes: u64,
    line_ends: u64,
    /// The first and the last counted bytes, which detect a rewritten file.
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl LineIndex {
    /// Updates the index and returns the file's size.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn update(&mut self, file: &File) -> io::Result<u64> {
        let meta = file.metadata()?;
        let id = (meta.dev(), meta.ino());
        let same =
            self.file == Some(id) && meta.len() >= self.counted_bytes && self.is_unchanged(file)?;
        if !same {
            *self = Self {
                file: Some(id),
                marks: vec![LineStart::default()],
                stride: STRIDE_BYTES,
                ..Self::default()
            };
        }
        self.count_to(file, meta.len())?;
        Ok(self.counted_bytes)
    }

    /// How many bytes of a file of this size are not counted yet.
    pub(crate) fn missing_bytes(&self, size: u64) -> u64 {
        size.saturating_sub(self.counted_bytes)
    }

    /// Number of lines in the counted bytes, including a last one without a line end.
    pub(crate) fn lines(&self) -> u64 {
        let open = self.tail.last().is_some_and(|byte| *byte != b'\n');
        self.line_ends + u64::from(open)
    }

    /// Number of counted bytes.
    pub(crate) fn size(&self) -> u64 {
        self.counted_bytes
    }

    /// The start of a line, counted from 0; the end of the file if there is no such line.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn line(&self, file: &File, line: u64) -> io::Result<LineStart> {
        let mark = self.mark(|mark| mark.line <= line);
        let mut at = mark;
        while at.line < line && at.byte < self.counted_bytes {
            let to = (at.byte + BLOCK_BYTES).min(self.counted_bytes);
            let block = read_range(file, at.byte, to)?;
            let expected = usize::try_from(line - at.line - 1).unwrap_or(usize::MAX);
            let mut ends = memchr_iter(b'\n', &block);
            if let Some(position) = ends.nth(expected) {
                return Ok(LineStart { line, byte: at.byte + position as u64 + 1 });
            }
            if block.is_empty() {
                break;
            }
            at.line += memchr_iter(b'\n', &block).count() as u64;
            at.byte += block.len() as u64;
        }
        Ok(LineStart { line: at.line.min(line), byte: at.byte })
    }

    /// The start of the line that contains a byte.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn line_at(&self, file: &File, byte: u64) -> io::Result<LineStart> {
        let byte = byte.min(self.counted_bytes);
        let mut start = self.mark(|mark| mark.byte <= byte);
        let mut at = start.byte;
        while at < byte {
            let block = read_range(file, at, (at + BLOCK_BYTES).min(byte))?;
            if let Some(last) = memrchr(b'\n', &block) {
                start.line += memchr_iter(b'\n', &block).count() as u64;
                start.byte = at + last as u64 + 1;
            }
            if block.is_empty() {
                break;
            }
            at += block.len() as u64;
        }
        Ok(start)
    }

    /// The last mark that fulfils `is_before`.
    fn mark(&self, is_before: impl Fn(&LineStart) -> bool) -> LineStart {
        let count = self.marks.partition_point(is_before);
        count.checked_sub(1).and_then(|at| self.marks.get(at)).copied().unwrap_or_default()
    }

    /// Whether the counted part of the file still has the same first and last bytes.
    fn is_unchanged(&self, file: &File) -> io::Result<bool> {
        let tail_from = self.counted_bytes - self.tail.len() as u64;
        Ok(read_range(file, 0, self.head.len() as u64)? == self.head
            && read_range(file, tail_from, self.counted_bytes)? == self.tail)
    }

    fn count_to(&mut self, file: &File, size: u64) -> io::Result<()> {
        while self.counted_bytes < size {
            let from = self.counted_bytes;
            let block = read_range(file, from, size.min(from + self.stride.min(BLOCK_BYTES)))?;
            if block.is_empty() {
                // The file was truncated meanwhile; the next update detects that.
                break;
            }
            self.line_ends += memchr_iter(b'\n', &block).count() as u64;
            self.counted_bytes += block.len() as u64;
            if let Some(last) = memrchr(b'\n', &block) {
                self.add_mark(LineStart { line: self.line_ends, byte: from + last as u64 + 1 });
            }
            let tail_start = block.len().saturating_sub(usize::try_from(PROBE_BYTES).unwrap_or(0));
            self.tail = block[tail_start..].to_vec();
        }
        if (self.head.len() as u64) < PROBE_BYTES {
            self.head = read_range(file, 0, PROBE_BYTES.min(self.counted_bytes))?;
        }
        Ok(())
    }

    fn add_mark(&mut self, mark: LineStart) {
        let last = self.marks.last().copied().unwrap_or_default();
        if mark.byte < last.byte + self.stride / 2 {
            return;
        }
        self.marks.push(mark);
        if self.marks.len() > MAX_MARKS {
            let mut position = 0_usize;
            self.marks.retain(|_| {
                position += 1;
                position % 2 == 1
            });
            self.stride *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::FileExt;

    use proptest::prelude::*;

    use super::*;

    fn file(text: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        file
    }

    /// The starts of all lines, computed without the index.
    fn starts(text: &[u8]) -> Vec<u64> {
        let after = memchr_iter(b'\n', text).map(|at| at as u64 + 1);
        std::iter::once(0).chain(after).filter(|at| *at < text.len() as u64).collect()
    }

    fn check(index: &mut LineIndex, file: &File, text: &[u8]) {
        assert_eq!(index.update(file).unwrap(), text.len() as u64);
        let starts = starts(text);
        assert_eq!(index.lines(), starts.len() as u64);
        let every = (starts.len() / 200).max(1);
        for (line, byte) in starts.iter().enumerate().step_by(every) {
            let expected = LineStart { line: line as u64, byte: *byte };
            assert_eq!(index.line(file, line as u64).unwrap(), expected);
            assert_eq!(index.line_at(file, *byte).unwrap(), expected);
        }
    }

    #[test]
    fn every_line_is_found_in_a_file_of_many_marks() {
        let text: String = (0..200_000).map(|n| format!("line {n}\n")).collect();
        let file = file(text.as_bytes());
        let mut index = LineIndex::default();
        check(&mut index, &file, text.as_bytes());
        assert!(index.marks.len() > 5, "{}", index.marks.len());
        let past = index.line(&file, 9_000_000).unwrap();
        assert_eq!((past.line, past.byte), (200_000, text.len() as u64));
    }

    #[test]
    fn an_endless_line_has_no_marks_in_it() {
        let text = "x".repeat(3 << 20) + "\nend";
        let file = file(text.as_bytes());
        let mut index = LineIndex::default();
        check(&mut index, &file, text.as_bytes());
        assert_eq!(index.line_at(&file, 1 << 20).unwrap(), LineStart::default());
    }

    #[test]
    fn appended_data_is_counted_and_rewritten_data_counted_again() {
        let mut text = b"a\nb".to_vec();
        let mut file = file(&text);
        let mut index = LineIndex::default();
        check(&mut index, &file, &text);
        file.write_all(b"c\nd\n").unwrap();
        text.extend(b"c\nd\n");
        check(&mut index, &file, &text);
        file.set_len(2).unwrap();
        check(&mut index, &file, b"a\n");
        file.set_len(0).unwrap();
        file.write_all_at(b"other\ntext that is longer\n", 0).unwrap();
        check(&mut index, &file, b"other\ntext that is longer\n");
    }

    #[test]
    fn too_many_marks_are_thinned_out() {
        let mut index = LineIndex { stride: 2, ..LineIndex::default() };
        for line in 0..100_000 {
            index.add_mark(LineStart { line, byte: line * 2 });
        }
        assert!(index.marks.len() <= MAX_MARKS);
        assert!(index.stride > 2);
    }

    proptest! {
        #[test]
        fn it_agrees_with_counting(
            pieces in prop::collection::vec("[a\n]{0,30}", 0..6), cut in 0usize..60,
        ) {
            let text = pieces.concat().into_bytes();
            let cut = cut.min(text.len());
            let mut whole = file(&text[..cut]);
            let mut index = LineIndex::default();
            check(&mut index, &whole, &text[..cut]);
            whole.write_all(&text[cut..]).unwrap();
            check(&mut index, &whole, &text);
        }
    }
}
