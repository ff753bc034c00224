//! Parses windows and messages of the server.

use common::log::LogWindow;

pub(super) fn text(window: &LogWindow, ended: bool) -> String {
    let mut text = window.lines.join("\n");
    if ended && !window.lines.is_empty() {
        text.push('\n');
    }
    text
}

/// Pairs of a line number and the time that applies from this line on, if known.
pub(super) fn times(window: &LogWindow) -> impl Iterator<Item = (u64, u64)> {
    let first = window.from_line.unwrap_or(1).saturating_sub(1);
    (first..).zip(&window.times_ms).filter_map(|(line, time)| Some((line, (*time)?)))
}

pub(super) fn time_at(known: &[(u64, u64)], line: u64) -> Option<u64> {
    let after = known.partition_point(|(from, _)| *from <= line);
    after.checked_sub(1).map(|at| known[at].1)
}

/// The length in the file, in bytes, of a decoded text.
///
/// A replacement character is counted as one invalid byte, its usual length.
pub(super) fn byte_length(text: &str) -> u64 {
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    (text.len() - 2 * replaced) as u64
}

pub(super) fn ceil_boundary(text: &str, at: u64) -> usize {
    let mut at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
