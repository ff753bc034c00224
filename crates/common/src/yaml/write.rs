//! Writes a mapping in block style.

use serde_yaml::{Mapping, Value};

use super::flow::{is_long_key, to_flow};
use super::quote;

/// Maximum width of a line with a list of scalars.
const LIST_WIDTH: usize = 88;
const STEP: usize = 2;

/// Writes a configuration. [`parse_mapping`](super::parse_mapping) and PyYAML both read it back
/// unchanged.
#[must_use]
pub fn to_text(mapping: &Mapping) -> String {
    if mapping.is_empty() {
        return "{}\n".to_owned();
    }
    let mut out = String::new();
    write_mapping(&mut out, mapping, 0, false);
    out
}

/// Writes entries with an indentation; the first one continues the current line if `inline`.
fn write_mapping(out: &mut String, mapping: &Mapping, indent: usize, inline: bool) {
    for (position, (key, value)) in mapping.iter().enumerate() {
        if position > 0 || !inline {
            pad(out, indent);
        }
        let key = to_flow(key);
        if is_long_key(&key) {
            out.push_str("? ");
            out.push_str(&key);
            out.push('\n');
            pad(out, indent);
        } else {
            out.push_str(&key);
        }
        out.push(':');
        write_value(out, value, indent);
    }
}

/// Writes the value after the colon or dash of an entry at `indent`, with its line end.
fn write_value(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Mapping(mapping) if !mapping.is_empty() => {
            out.push('\n');
            write_mapping(out, mapping, indent + STEP, false);
        }
        Value::Sequence(list) if !fits_in_a_line(list) => {
            out.push('\n');
            write_list(out, list, indent + STEP, false);
        }
        Value::String(text) if is_literal(text) => write_literal(out, text, indent + STEP),
        other => {
            out.push(' ');
            out.push_str(&to_flow(other));
            out.push('\n');
        }
    }
}

fn write_list(out: &mut String, list: &[Value], indent: usize, inline: bool) {
    for (position, item) in list.iter().enumerate() {
        if position > 0 || !inline {
            pad(out, indent);
        }
        out.push('-');
        match item {
            Value::Mapping(mapping) if !mapping.is_empty() => {
                out.push(' ');
                write_mapping(out, mapping, indent + STEP, true);
            }
            Value::Sequence(inner) if !fits_in_a_line(inner) => {
                out.push(' ');
                write_list(out, inner, indent + STEP, true);
            }
            other => write_value(out, other, indent),
        }
    }
}

fn fits_in_a_line(list: &[Value]) -> bool {
    let is_leaf = |value: &Value| match value {
        Value::Mapping(mapping) => mapping.is_empty(),
        Value::Sequence(inner) => inner.is_empty(),
        Value::String(text) => text.len() < LIST_WIDTH && !text.contains('\n'),
        _ => true,
    };
    list.iter().all(is_leaf)
        && list.iter().map(|item| to_flow(item).len() + 2).sum::<usize>() <= LIST_WIDTH
}

/// Whether a multi-line text can be written as a literal block without ambiguous blanks.
fn is_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let plain_line = |line: &str| !line.ends_with(' ') && !line.chars().any(quote::needs_escape);
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(plain_line)
}

fn write_literal(out: &mut String, text: &str, indent: usize) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}
