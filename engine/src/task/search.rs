//! Which tasks a query means.

use serde_json::Value;

use super::TaskEntry;
use common::TaskKind;

/// Name, notes and either `key: value` of the config (dotted and short key) or the shell script's
/// text, in lower case, one item a line.
pub(crate) fn search_text(entry: &TaskEntry, config_text: &str) -> String {
    let mut lines = vec![entry.info.name.clone(), entry.info.notes.clone()];
    match entry.info.task_kind {
        TaskKind::Shell => lines.push(config_text.to_owned()),
        TaskKind::Python => {
            for (key, value) in &entry.config {
                leaves(key, value, &mut lines);
            }
        }
    }
    lines.join("\n").to_lowercase()
}

fn leaves(path: &str, value: &Value, lines: &mut Vec<String>) {
    if let Value::Object(map) = value {
        for (key, inner) in map {
            leaves(&format!("{path}.{key}"), inner, lines);
        }
        return;
    }
    let shown = show(value);
    if let Some((_, short)) = path.rsplit_once('.') {
        lines.push(format!("{short}: {shown}"));
    }
    lines.push(format!("{path}: {shown}"));
}

/// A value as a search or a preview shows it: strings bare, all else as JSON.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The non-blank lines of a query, lower case; all must occur.
pub(crate) struct Needles(Vec<String>);

impl Needles {
    pub(crate) fn new(query: &str) -> Self {
        let lines = query.lines().map(str::trim).filter(|line| !line.is_empty());
        Self(lines.map(str::to_lowercase).collect())
    }

    pub(crate) fn match_entry(&self, entry: &TaskEntry) -> bool {
        self.0.iter().all(|needle| entry.search_text.contains(needle.as_str()))
    }
}
