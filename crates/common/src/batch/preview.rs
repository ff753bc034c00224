//! One line per task.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::param::{dotted, each_leaf};
use crate::yaml;

/// How many parameters a line shows.
const MAX_PARAMS: usize = 6;
/// How many characters of one value a line shows.
const MAX_VALUE_CHARS: usize = 40;

/// `lr=0.1, epochs=1 …+3`: `first` before the rest.
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
        format!("{key}={}", shown(value))
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

/// A value without the quotes that it needs only in a file.
pub(super) fn shown(value: &Value) -> String {
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
