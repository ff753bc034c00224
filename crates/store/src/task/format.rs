//! The text format of `task_info.json`: tolerant when reading, exact when writing. Only this module
//! knows the parallel arrays of the file; [`keys`] lists all of its keys.

mod draft;
mod keys;
mod value;

use serde_json::{Map, Value};

use self::draft::Draft;
use self::keys::{Column, Content, KEYS};
use super::TaskInfo;

impl TaskInfo {
    /// Reads the file's text.
    ///
    /// Missing keys and values of other types get their defaults, so that files of every version of
    /// Pyruns can be opened; only a text that is not a JSON object is refused.
    ///
    /// # Errors
    /// The reason as text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Value::Object(map) = super::json_text::parse_lenient(text)? else {
            return Err("it is not a JSON object".to_owned());
        };
        let mut draft = Draft::default();
        for (name, value) in map {
            match KEYS.iter().find(|key| key.name == name).map(|key| &key.content) {
                Some(Content::Task { read, .. }) => read(&mut draft, value),
                Some(Content::Runs { column, read, .. }) => {
                    draft.read_runs(value, *column == Column::Defining, *read);
                }
                None => drop(draft.info.other.insert(name, value)),
            }
        }
        Ok(draft.into_info())
    }

    /// Serializes the file: UTF-8, indented, keys in the documented order.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut map = Map::with_capacity(KEYS.len() + self.other.len());
        for key in KEYS {
            let value = match key.content {
                Content::Task { write, .. } => write(self),
                Content::Runs { column, write, .. } => self.list(column, write),
            };
            if let Some(value) = value {
                map.insert(key.name.to_owned(), value);
            }
        }
        map.extend(self.other.clone());
        let mut text = serde_json::to_string_pretty(&map).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The list of a key with one value per run, if it is written.
    fn list(&self, column: Column, write: fn(&super::Run) -> Value) -> Option<Value> {
        let values: Vec<Value> = self.runs.iter().map(write).collect();
        let is_written = column != Column::IfAny || !values.iter().all(value::is_empty);
        is_written.then_some(Value::Array(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{Run, RunOutcome};
    use common::TaskStatus;
    use common::failure::{FailureKind, FailureSummary};
    use serde_json::json;

    #[test]
    fn written_files_round_trip_with_unknown_keys() {
        let mut info =
            TaskInfo { name: "训练".into(), notes: "a\nb".into(), ..TaskInfo::default() };
        let failure = FailureSummary::new(FailureKind::Exception, "ValueError: x", 1, Some(8));
        let outcome = RunOutcome::Failed {
            reason: String::new(),
            exit_code: Some(3),
            failure: Some(failure),
        };
        info.runs.push(Run { pid: Some(7), outcome, ..Run::default() });
        info.runs.push(Run { start_time: "2026-11-23_11-16-57".into(), ..Run::default() });
        info.other.insert("from_the_future".into(), json!({"a": [1, 2]}));
        assert_eq!(TaskInfo::parse(&info.to_text()), Ok(info));
    }

    /// `complete.json` was written by the version before the table of keys.
    #[test]
    fn a_file_with_every_key_is_written_back_byte_for_byte() {
        let text = include_str!("format/complete.json");
        let written: Map<String, Value> = serde_json::from_str(text).unwrap();
        for key in KEYS {
            assert!(written.contains_key(key.name), "{} is not in complete.json", key.name);
        }
        let info = TaskInfo::parse(text).unwrap();
        assert_eq!(info.to_text(), text);
        assert_eq!(info.other.keys().collect::<Vec<_>>(), ["from_a_later_version"]);
    }

    #[test]
    fn the_manual_describes_every_key() {
        let manual = include_str!("../../../../docs/files.md");
        let (_, section) = manual.split_once("\n## `task_info.json`\n").unwrap();
        let section = section.split("\n## ").next().unwrap();
        // Only the first column of a row names keys.
        let described: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
            .collect();
        for key in KEYS {
            let quoted = format!("`{}`", key.name);
            assert!(
                described.iter().any(|keys| keys.contains(&quoted)),
                "docs/files.md does not describe {quoted}"
            );
        }
    }

    #[test]
    fn a_failure_of_a_later_version_does_not_stop_a_file_from_opening() {
        let text = r#"{"start_times": ["a", "b"], "failure_summaries":
            [{"kind": "of_tomorrow", "text": "x", "run": 1}, {"kind": "output", "text": "y", "run": 2}]}"#;
        let info = TaskInfo::parse(text).unwrap();
        assert_eq!(info.runs[0].outcome.failure(), None);
        assert_eq!(info.runs[1].outcome.failure().unwrap().text, "y");
    }

    #[test]
    fn run_arrays_of_different_lengths_are_padded() {
        let info = TaskInfo::parse(r#"{"status":"Completed","start_times":["a","b"],"pids":[5]}"#);
        let info = info.unwrap();
        assert_eq!(info.status(), TaskStatus::Completed);
        assert_eq!(info.runs.len(), 2);
        assert_eq!((info.runs[0].pid, info.runs[1].pid), (Some(5), None));
        let written: Value = serde_json::from_str(&info.to_text()).unwrap();
        assert_eq!(written["pids"], json!([5, null]));
        assert_eq!(written["records"], json!([{}, {}]));
    }

    #[test]
    fn values_of_other_types_do_not_stop_a_file_from_opening() {
        let text = r#"{"notes": 5, "env": {"A": 1}, "runs": 3, "pinned": "x", "pids": {}}"#;
        let info = TaskInfo::parse(text).unwrap();
        assert_eq!(info.notes, "");
        assert_eq!(info.env["A"], "1");
    }

    #[test]
    fn figures_of_older_files_learn_that_the_last_value_is_nan() {
        let text = r#"{"tracks": [{"loss": [0.5, "NaN"], "acc": [1, "NaN", 2]}], "metrics": [{
            "loss": {"count": 900, "last": 0.5, "nan_count": 880}, "acc": {"count": 3, "last": 2, "nan_count": 1}}]}"#;
        let mut info = TaskInfo::parse(text).unwrap();
        info.runs[0].without_curves();
        let metrics = &info.runs[0].metrics;
        assert!(metrics["loss"].last.unwrap().is_nan());
        assert_eq!((metrics["loss"].count, metrics["acc"].last), (900, Some(2.0)));
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        for text in ["", "{\"name\": \"x\"", "[]", "null", "\u{0}\u{0}"] {
            assert!(TaskInfo::parse(text).is_err(), "{text:?}");
        }
    }
}
