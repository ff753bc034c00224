//! Locates the entries of a block mapping in their text.

use serde_yaml::Value;

use super::scalar;

/// One `key: value` of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Its key, preceded by those of the enclosing mappings.
    pub(super) path: Vec<Value>,
    /// Index of its line, from 0.
    pub(super) line: usize,
    /// Byte range of its key in the line.
    pub(super) key: (usize, usize),
    /// Byte range of its value in the line; empty if there is none.
    pub(super) value: (usize, usize),
    /// The line after its last.
    pub(super) end: usize,
}

/// The entries of a text that are written one per line. Other notations are not found, or found
/// incorrectly: a caller that changes a text based on this must parse it again.
pub(super) fn entries(lines: &[&str]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut open: Vec<(usize, Value)> = Vec::new();
    let mut line = 0;
    while let Some(text) = lines.get(line) {
        let indent = text.len() - text.trim_start_matches(' ').len();
        if let Some((key, value)) = split(text, indent) {
            open.retain(|(outer, _)| *outer < indent);
            open.push((indent, scalar(&text[key.0..key.1])));
            let path = open.iter().map(|(_, key)| key.clone()).collect();
            let end = line + 1 + continued(&lines[line + 1..], indent, &text[value.0..value.1]);
            found.push(Entry { path, line, key, value, end });
            let is_block = text[value.0..value.1].starts_with(['|', '>']);
            // The content of a block scalar is not an entry.
            line = if is_block { end } else { line + 1 };
        } else {
            line += 1;
        }
    }
    found
}

/// The byte ranges of key and value in a line.
fn split(text: &str, indent: usize) -> Option<((usize, usize), (usize, usize))> {
    let body = &text[indent..];
    if body.starts_with(['#', '-', '[', '{', '?', '%', '&', '*', '\t']) {
        return None;
    }
    let key_length = match body.chars().next()? {
        quote @ ('"' | '\'') => body[1..].find(quote)? + 2,
        _ => colon(body)?,
    };
    let remaining = body[key_length..].trim_start().strip_prefix(':')?;
    let value_start = text.len() - remaining.trim_start().len();
    let value_end = value_start + value_length(&text[value_start..]);
    Some(((indent, indent + key_length), (value_start, value_end)))
}

/// The end of a plain key.
fn colon(body: &str) -> Option<usize> {
    let ends = |at: usize| body[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let at = body.match_indices(':').map(|(at, _)| at).find(|at| ends(*at))?;
    (!body[..at].contains(" #")).then(|| body[..at].trim_end().len())
}

/// The length of a value without a trailing comment.
fn value_length(text: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if letter == open && before != '\\' => quote = None,
            (None, '"' | '\'') if before == ' ' || "[{,(".contains(before) => quote = Some(letter),
            (None, '#') if before == ' ' || before == '\t' => return text[..at].trim_end().len(),
            _ => {}
        }
        before = letter;
    }
    text.trim_end().len()
}

/// How many of the following lines belong to an entry.
fn continued(lines: &[&str], indent: usize, value: &str) -> usize {
    let is_inside = |text: &&str| {
        let own = text.len() - text.trim_start_matches(' ').len();
        // A list may start at the column of its key.
        own > indent || (value.is_empty() && own == indent && text[own..].starts_with("- "))
    };
    let mut last = 0;
    for (at, text) in lines.iter().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        if !is_inside(text) {
            break;
        }
        last = at + 1;
    }
    last
}
