//! Full-text search in tasks: the text that is searched, and the terms of a query.

use common::TaskKind;
use memchr::memmem::Finder;
use serde_json::{Map, Value};

use super::TaskEntry;
use store::task::TaskInfo;

/// Name, notes, tags, batch name, and either `key: value` for each parameter (with dotted and short key) or the
/// text of the shell script, in lower case, one item per line.
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
    let text = display_value(value);
    if let Some((_, short)) = path.rsplit_once('.') {
        lines.push(format!("{short}: {text}"));
    }
    lines.push(format!("{path}: {text}"));
}

/// A value as displayed in search texts and previews: strings without quotes, all else as JSON.
pub(crate) fn display_value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The non-blank lines of a query, in lower case. A task matches if it contains all of them.
pub(crate) struct SearchTerms(Vec<Finder<'static>>);

impl SearchTerms {
    pub(crate) fn new(query: &str) -> Self {
        let lines = query.lines().map(str::trim).filter(|line| !line.is_empty());
        Self(lines.map(|line| Finder::new(line.to_lowercase().as_bytes()).into_owned()).collect())
    }

    /// Whether there are no terms; then every task matches.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn matches(&self, entry: &TaskEntry) -> bool {
        self.0.iter().all(|term| term.find(entry.search_text.as_bytes()).is_some())
    }
}
