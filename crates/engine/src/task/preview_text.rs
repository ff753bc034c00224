//! One-line previews of tasks.

use serde_json::{Map, Value};

use super::search_text::display_value;

/// Maximum length of a preview, in characters.
const PREVIEW_CHARS: usize = 160;

/// The preview of a Python task: its parameters.
pub(super) fn of_config(config: &Map<String, Value>) -> String {
    cut(&flat(config))
}

/// The preview of a shell task: the first line that is neither empty nor a comment.
pub(super) fn of_script(script: &str) -> String {
    let mut lines = script.lines().map(str::trim);
    cut(lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(PREVIEW_CHARS) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn flat(config: &Map<String, Value>) -> String {
    let mut parts = Vec::new();
    for (key, value) in config {
        flat_into(key, value, &mut parts);
    }
    parts.join(", ")
}

fn flat_into(path: &str, value: &Value, parts: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                flat_into(&format!("{path}.{key}"), inner, parts);
            }
        }
        leaf => parts.push(format!("{path}={}", display_value(leaf))),
    }
}
