//! Which tasks a query means.

use common::TaskKind;
use memchr::memmem::Finder;
use serde_json::{Map, Value};

use super::TaskEntry;
use store::task::TaskInfo;

/// Name, notes, tags, name of the batch and either `key: value` of the config (dotted and short key) or the shell script's
/// text, in lower case, one item a line.
pub(super) fn search_text(
    info: &TaskInfo,
    config: &Map<String, Value>,
    config_text: &str,
) -> String {
    let mut lines = vec![info.name.clone(), info.notes.clone()];
    lines.extend(info.tags.iter().cloned());
    lines.extend(info.batch.iter().map(|batch| batch.name.clone()));
    match info.task_kind {
        TaskKind::Shell => lines.push(config_text.to_owned()),
        TaskKind::Python => {
            for (key, value) in config {
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
pub(crate) struct Needles(Vec<Finder<'static>>);

impl Needles {
    pub(crate) fn new(query: &str) -> Self {
        let lines = query.lines().map(str::trim).filter(|line| !line.is_empty());
        Self(lines.map(|line| Finder::new(line.to_lowercase().as_bytes()).into_owned()).collect())
    }

    /// Nothing is searched for: everything matches.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn match_entry(&self, entry: &TaskEntry) -> bool {
        self.0.iter().all(|needle| needle.find(entry.search_text.as_bytes()).is_some())
    }
}
