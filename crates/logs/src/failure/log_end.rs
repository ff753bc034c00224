//! Finds the failure line in the end of a run's log, with its line number.

use std::fs::File;
use std::io;

use super::failure_line::{FailureLine, failure_line};
use crate::piece::read_range;
use store::task::TaskDir;

/// How much of the end of a log is read.
const TAIL_BYTES: u64 = 64 << 10;
/// Block size for counting lines.
const BLOCK_BYTES: u64 = 1 << 20;

/// The failure line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEnd {
    pub failure_line: FailureLine,
    /// Its line number in the log, from 1; `None` if the log is too long for counting lines.
    pub line: Option<u64>,
}

/// The failure line of the log of a run; `None` when there is no log or it is empty. Lines are not
/// counted in a log of more than `max_counted_bytes`.
pub(super) fn read(dir: &TaskDir, run_index: u32, max_counted_bytes: u64) -> Option<LogEnd> {
    let path = format!("run_logs/run{run_index}.log");
    match dir.open(path).and_then(|log| read_file(&log, max_counted_bytes)) {
        Ok(end) => end,
        Err(error) => {
            tracing::debug!(%error, "the end of a log cannot be read");
            None
        }
    }
}

fn read_file(log: &File, max_counted_bytes: u64) -> io::Result<Option<LogEnd>> {
    let size = log.metadata()?.len();
    let start = size.saturating_sub(TAIL_BYTES);
    let bytes = read_range(log, start, size)?;
    // Skips the partial first line, unless it is the only one.
    let skipped = match memchr::memchr(b'\n', &bytes) {
        Some(end) if start > 0 => end + 1,
        _ => 0,
    };
    let text = String::from_utf8_lossy(&bytes[skipped..]);
    let Some(failure_line) = failure_line(&text) else { return Ok(None) };
    let line = match size <= max_counted_bytes {
        true => Some(count_lines(log, start + skipped as u64)? + failure_line.line as u64 + 1),
        false => None,
    };
    Ok(Some(LogEnd { failure_line, line }))
}

/// Counts the lines in the first `end` bytes.
fn count_lines(log: &File, end: u64) -> io::Result<u64> {
    let mut count = 0;
    let mut at = 0;
    while at < end {
        let block = read_range(log, at, end.min(at + BLOCK_BYTES))?;
        if block.is_empty() {
            // The file was truncated meanwhile.
            break;
        }
        count += memchr::memchr_iter(b'\n', &block).count() as u64;
        at += block.len() as u64;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn end_of(text: &str) -> Option<LogEnd> {
        let mut log = tempfile::tempfile().unwrap();
        log.write_all(text.as_bytes()).unwrap();
        read_file(&log, 1 << 30).unwrap()
    }

    #[test]
    fn lines_are_counted_from_the_beginning_of_the_log() {
        let noise = "a line of noise\n".repeat(200_000);
        for before in ["", "one\n", &noise] {
            let end = end_of(&format!("{before}boom\n\n")).unwrap();
            assert_eq!(end.failure_line.text, "boom");
            assert_eq!(end.line, Some(before.lines().count() as u64 + 1));
        }
    }

    #[test]
    fn a_long_log_is_not_counted_and_an_endless_line_is_cut() {
        let mut log = tempfile::tempfile().unwrap();
        log.write_all(b"one\ntwo\n").unwrap();
        let end = read_file(&log, 3).unwrap().unwrap();
        assert_eq!((end.failure_line.text.as_str(), end.line), ("two", None));
        let end = end_of(&"x".repeat(300_000)).unwrap();
        assert_eq!(end.line, Some(1));
        assert!(end.failure_line.text.len() <= 64 << 10);
        assert_eq!(end_of(""), None);
    }
}
