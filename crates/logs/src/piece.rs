//! Cuts pieces out of a log: at line ends where possible, never inside a character.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Step size for searching backwards for the start of a tail.
const STEP_BYTES: u64 = 64 << 10;

/// Reads bytes `from..to` of a file, fewer if it is shorter.
pub(crate) fn read_range(file: &File, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(to.saturating_sub(from)).unwrap_or(0)];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], from + filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// The start of the last `lines` lines of a file of `size` bytes, but not before `floor`.
pub(crate) fn tail_start(file: &File, size: u64, lines: u64, floor: u64) -> io::Result<u64> {
    if lines == 0 {
        return Ok(size);
    }
    let mut remaining = lines;
    let mut end = size;
    while end > floor {
        let start = end.saturating_sub(STEP_BYTES).max(floor);
        let bytes = read_range(file, start, end)?;
        for (position, _) in bytes.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n') {
            let after = start + position as u64 + 1;
            // The newline at the end of the file ends the last line; it does not start another.
            if after == size {
                continue;
            }
            remaining -= 1;
            if remaining == 0 {
                return Ok(after);
            }
        }
        end = start;
    }
    Ok(floor)
}

/// How many of these bytes may be sent if more follow in the file: up to the last newline; without
/// one, all but an incomplete character.
pub(crate) fn cut_with_more(bytes: &[u8]) -> usize {
    match memchr::memrchr(b'\n', bytes) {
        Some(position) => position + 1,
        None => cut_character(bytes),
    }
}

/// Length without an incomplete character at the end (invalid bytes count as complete).
pub(crate) fn cut_character(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(3);
    for start in (from..bytes.len()).rev() {
        let expected = match bytes[start] {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            0x80..=0xBF => continue,
            _ => return bytes.len(),
        };
        return if bytes.len() - start < expected { start } else { bytes.len() };
    }
    bytes.len()
}

/// Converts bytes to text; invalid UTF-8 is replaced. Valid UTF-8 is not copied.
pub(crate) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
}

/// Number of bytes that belong to a character that starts before them.
pub(crate) fn skip_continuation(bytes: &[u8]) -> usize {
    bytes.iter().take(3).take_while(|byte| (0x80..=0xBF).contains(*byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(text: &str) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn a_tail_of_lines_begins_at_a_line() {
        for (text, lines, start) in [
            ("a\nb\nc\n", 2, 2),
            ("a\nb\nc", 2, 2),
            ("a\nb\nc\n", 9, 0),
            ("", 3, 0),
            ("\n\n\n", 1, 2),
            ("abc\n", 0, 4),
        ] {
            let found = tail_start(&file(text), text.len() as u64, lines, 0).unwrap();
            assert_eq!(found, start, "{text:?} {lines}");
        }
    }

    #[test]
    fn a_long_tail_crosses_steps() {
        let text = "0123456789\n".repeat(20_000);
        let found = tail_start(&file(&text), text.len() as u64, 15_000, 0).unwrap();
        assert_eq!(found, 5_000 * 11);
    }

    #[test]
    fn characters_are_never_cut() {
        let text = "aé训🚀".as_bytes();
        for end in 0..=text.len() {
            let whole = cut_character(&text[..end]);
            assert!(std::str::from_utf8(&text[..whole]).is_ok(), "{end}");
            assert!(end - whole <= 3);
        }
        assert_eq!(cut_character(b"a\xFF"), 2, "invalid bytes are not waited for");
        assert_eq!(cut_with_more("a\nbé".as_bytes()), 2);
    }
}
