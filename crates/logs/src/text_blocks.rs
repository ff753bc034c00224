//! A log as plain text, in blocks of whole lines: what is searched and what is handed over.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

use memchr::{memchr3, memrchr};

/// How many bytes are read at a time.
const BLOCK_BYTES: usize = 1 << 20;
/// A line that is longer is cut, so that memory stays bounded.
const MAX_LINE_BYTES: usize = 8 << 20;

/// Blocks of a file. Each but the last ends with the end of a line, or in a line that is very long.
pub(crate) struct TextBlocks<R = File> {
    from: R,
    /// Room, used again for every block: clearing it would cost as much as searching it.
    bytes: Vec<u8>,
    /// How much of it holds text.
    filled: usize,
    /// How many of the bytes were handed out.
    done: usize,
    plain: Vec<u8>,
    read_bytes: u64,
}

impl<R: Read> TextBlocks<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, bytes: Vec::new(), filled: 0, done: 0, plain: Vec::new(), read_bytes: 0 }
    }

    /// The next block, each line as a terminal would leave it.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        let Some(end) = self.fill()? else { return Ok(None) };
        let block = &self.bytes[..end];
        self.done = end;
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

    /// How many bytes of the file were read.
    pub(crate) fn read_bytes(&self) -> u64 {
        self.read_bytes
    }

    /// Reads on; where the next block ends.
    fn fill(&mut self) -> io::Result<Option<usize>> {
        self.bytes.copy_within(self.done..self.filled, 0);
        self.filled -= self.done;
        self.done = 0;
        loop {
            let kept = self.filled;
            if self.bytes.len() < kept + BLOCK_BYTES {
                self.bytes.resize(kept + 2 * BLOCK_BYTES, 0);
            }
            let read = read_some(&mut self.from, &mut self.bytes[kept..kept + BLOCK_BYTES])?;
            self.filled += read;
            self.read_bytes += read as u64;
            if read == 0 {
                return Ok(Some(kept).filter(|kept| *kept > 0));
            }
            if let Some(last) = memrchr(b'\n', &self.bytes[kept..self.filled]) {
                return Ok(Some(kept + last + 1));
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

/// Whether anything in it moves the cursor or changes colours.
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
        let mut found = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            found.push(block.to_vec());
        }
        found
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
