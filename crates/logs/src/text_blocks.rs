//! Reads a log as plain text, in blocks of complete lines, for searching and downloading.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

use memchr::{memchr3, memrchr};

/// Block size for reading.
const BLOCK_BYTES: usize = 1 << 20;
/// A longer line is split, so that memory stays bounded.
const MAX_LINE_BYTES: usize = 8 << 20;

/// Blocks of a file. Each but the last ends at the end of a line, or inside a very long line.
pub(crate) struct TextBlocks<R = File> {
    from: R,
    /// Buffer that is reused for every block: clearing it would cost as much as searching it.
    bytes: Vec<u8>,
    /// How much of it contains text.
    filled: usize,
    /// How many of the bytes were returned.
    returned: usize,
    plain: Vec<u8>,
    read_bytes: u64,
}

impl<R: Read> TextBlocks<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, bytes: Vec::new(), filled: 0, returned: 0, plain: Vec::new(), read_bytes: 0 }
    }

    /// The next block, with terminal control sequences applied to each line.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        let Some(end) = self.fill()? else { return Ok(None) };
        let block = &self.bytes[..end];
        self.returned = end;
        if !has_controls(block) {
            return Ok(Some(block));
        }
        self.plain.clear();
        for line in block.split_inclusive(|byte| *byte == b'\n') {
            let (text, ended) = line.strip_suffix(b"\n").map_or((line, false), |it| (it, true));
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            match has_controls(text) {
                true => self.plain.extend_from_slice(plain(text).as_bytes()),
                false => self.plain.extend_from_slice(text),
            }
            if ended {
                self.plain.push(b'\n');
            }
        }
        Ok(Some(&self.plain))
    }

    /// Number of bytes read from the file.
    pub(crate) fn read_bytes(&self) -> u64 {
        self.read_bytes
    }

    /// Reads more and returns the end of the next block.
    fn fill(&mut self) -> io::Result<Option<usize>> {
        self.bytes.copy_within(self.returned..self.filled, 0);
        self.filled -= self.returned;
        self.returned = 0;
        loop {
            let unread = self.filled;
            if self.bytes.len() < unread + BLOCK_BYTES {
                self.bytes.resize(unread + 2 * BLOCK_BYTES, 0);
            }
            let read = read_some(&mut self.from, &mut self.bytes[unread..unread + BLOCK_BYTES])?;
            self.filled += read;
            self.read_bytes += read as u64;
            if read == 0 {
                return Ok(Some(unread).filter(|unread| *unread > 0));
            }
            if let Some(last) = memrchr(b'\n', &self.bytes[unread..self.filled]) {
                return Ok(Some(unread + last + 1));
            }
            if self.filled > MAX_LINE_BYTES {
                return Ok(Some(self.filled));
            }
        }
    }
}

fn read_some(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Whether it contains control characters that move the cursor or change colours.
fn has_controls(bytes: &[u8]) -> bool {
    memchr3(b'\x1b', b'\r', b'\x08', bytes).is_some()
}

fn plain(line: &[u8]) -> String {
    match String::from_utf8_lossy(line) {
        Cow::Borrowed(text) => common::ansi::plain(text).into_owned(),
        Cow::Owned(text) => common::ansi::plain(&text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<Vec<u8>> {
        let mut blocks = TextBlocks::new(text);
        let mut all_blocks = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            all_blocks.push(block.to_vec());
        }
        all_blocks
    }

    #[test]
    fn colours_and_overwritten_text_are_left_out() {
        let text = b"\x1b[31merr\x1b[0mor\r\n10%\r99%\rdone\nplain \xff\n";
        assert_eq!(all(text).concat(), b"error\ndone\nplain \xff\n");
    }

    #[test]
    fn blocks_end_with_lines() {
        let text: String = (0..300_000).map(|n| format!("line {n}\n")).collect();
        let blocks = all(text.as_bytes());
        assert!(blocks.len() > 2);
        assert!(blocks.iter().all(|block| block.ends_with(b"\n")));
        assert_eq!(blocks.concat(), text.as_bytes());
    }

    #[test]
    fn an_endless_line_is_cut() {
        let text = vec![b'x'; 20 << 20];
        let blocks = all(&text);
        assert!(blocks.iter().all(|block| block.len() <= MAX_LINE_BYTES + BLOCK_BYTES));
        assert_eq!(blocks.concat(), text);
    }
}
