//! Writes strings: plain if every parser reads a string, else quoted.

use std::fmt::Write;

use super::plain::plain;

/// A string on one line, in block or flow style.
pub(super) fn quoted(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    in_quotes(text)
}

/// A quoted string that every YAML parser reads back.
#[must_use]
pub fn in_quotes(text: &str) -> String {
    let simple = text.chars().all(|letter| !needs_escape(letter));
    if simple && !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if simple && !text.contains('\'') {
        format!("'{text}'")
    } else {
        double_quoted(text)
    }
}

/// Whether a string may be written without quotes in any context.
///
/// Deliberately strict: unnecessary quotes are harmless.
fn is_plain(text: &str) -> bool {
    let starts_well = match text.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' || first == '/' => true,
        Some('.') => text.starts_with("./") || text.starts_with("../"),
        Some('~') => text.starts_with("~/"),
        _ => false,
    };
    starts_well && !text.ends_with(' ') && text.chars().all(may_be_plain) && !is_word(text)
}

fn may_be_plain(letter: char) -> bool {
    letter.is_alphanumeric() || " _-./+~()@=<>;*&$!%^".contains(letter)
}

/// Whether a text that starts with a letter is a value in some version of YAML.
fn is_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    // `y` and `n` are booleans in some 1.1 parsers, though not in PyYAML.
    matches!(lower.as_str(), "y" | "n" | "true" | "false" | "yes" | "no" | "on" | "off" | "null")
        || plain(text).is_some()
}

/// Whether a character must be escaped: control characters, line breaks of any version, and those
/// that PyYAML treats as binary.
pub(super) fn needs_escape(letter: char) -> bool {
    !matches!(letter,
        ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}'
        | '\u{10000}'..='\u{10ffff}')
}

fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if !needs_escape(letter) => out.push(letter),
            letter => escape(&mut out, u32::from(letter)),
        }
    }
    out.push('"');
    out
}

fn escape(out: &mut String, code: u32) {
    let written = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
    debug_assert!(written.is_ok(), "a String takes everything");
}
