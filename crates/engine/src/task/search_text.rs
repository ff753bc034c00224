//! The text of a task that is searched.

use common::TaskKind;
use serde_json::{Map, Value};
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
