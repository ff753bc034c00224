//! Summarizes a task in one line.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::param::{dotted, each_leaf};
use crate::yaml;

/// Maximum number of parameters in a line.
const MAX_PARAMS: usize = 6;
/// Maximum number of characters of one value.
const MAX_VALUE_CHARS: usize = 40;

/// `lr=0.1, epochs=1 …+3`: the parameters in `first` come first.
pub(super) fn line(config: &Mapping, first: &[&[Value]]) -> String {
    let mut leaves: Vec<(Vec<Value>, &Value)> = Vec::new();
    each_leaf(config, &mut |path, leaf| leaves.push((path.to_vec(), leaf)));
    let mut short: HashMap<String, u32> = HashMap::new();
    for (path, _) in &leaves {
        *short.entry(last(path)).or_default() += 1;
    }
    leaves.sort_by_key(|(path, _)| {
        first.iter().position(|key| *key == path.as_slice()).unwrap_or(usize::MAX)
    });
    let show = |(path, value): &(Vec<Value>, &Value)| {
        let key = last(path);
        let key = if short.get(&key) == Some(&1) { key } else { dotted(path) };
        format!("{key}={}", display(value))
    };
    let mut text = leaves.iter().take(MAX_PARAMS).map(show).collect::<Vec<_>>().join(", ");
    if leaves.len() > MAX_PARAMS {
        text.push_str(&format!(" …+{}", leaves.len() - MAX_PARAMS));
    }
    text
}

fn last(path: &[Value]) -> String {
    path.last().map(yaml::key_text).unwrap_or_default()
}

/// A value without the quotes that only a file requires.
pub(super) fn display(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.replace(char::is_whitespace, " "),
        Value::Number(number) if number.is_finite() => yaml::short_number(number),
        other => yaml::to_flow(other),
    };
    match text.char_indices().nth(MAX_VALUE_CHARS) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}
