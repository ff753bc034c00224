//! The text format of `task_info.json`: tolerant when reading, exact when writing. Only this module
//! knows the parallel arrays of the file.

use std::collections::BTreeMap;

use common::failure::FailureSummary;
use common::metric::Aggregate;
use common::options::RunOptions;
use common::{TaskKind, TaskStatus};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::outcome::RunOutcome;
use super::state::{Attempt, Queued, TaskState};
use super::{Run, TaskInfo};

impl TaskInfo {
    /// Reads the file's text.
    ///
    /// Missing keys and values of other types get their defaults, so that files of every version of
    /// Pyruns can be opened; only a text that is not a JSON object is refused.
    ///
    /// # Errors
    /// The reason as text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut map = match super::json_text::parse_lenient(text)? {
            Value::Object(map) => map,
            _ => return Err("it is not a JSON object".to_owned()),
        };
        let info = Self {
            name: text_of(map.get("name")),
            state: state_of(&map),
            progress: map.get("progress").and_then(Value::as_f64).unwrap_or(0.0),
            created_at: text_of(map.get("created_at")),
            pinned: map.get("pinned").and_then(Value::as_bool).unwrap_or(false),
            task_kind: kind_of(&map),
            script: map.get("script").and_then(Value::as_str).map(str::to_owned),
            notes: text_of(map.get("notes")),
            tags: texts_of(map.get("tags")),
            env: env_of(map.get("env")),
            task_order: map.get("task_order").and_then(Value::as_i64),
            batch: map.get("batch").and_then(|batch| serde_json::from_value(batch.clone()).ok()),
            options: options_of(map.get("options")),
            runs: runs_of(&map),
            other: Map::new(),
        };
        map.retain(|key, _| !KEYS.contains(&key.as_str()));
        Ok(Self { other: map, ..info })
    }

    /// Serializes the file: UTF-8, indented, keys in the documented order.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
        put("name", json!(self.name));
        put("status", json!(self.status()));
        put("progress", json!(self.progress));
        put("created_at", json!(self.created_at));
        put("pinned", json!(self.pinned));
        put("task_kind", json!(self.task_kind));
        put("config_file", json!(self.task_kind.config_file()));
        put("start_times", self.column(|run| json!(run.start_time)));
        put("finish_times", self.column(|run| json!(run.finish_time)));
        put("pids", self.column(|run| json!(run.pid)));
        put("records", self.column(|run| Value::Object(run.record.clone())));
        put("tracks", self.column(|run| Value::Object(run.track.clone())));
        if let Some(script) = &self.script {
            put("script", json!(script));
        }
        put("run_index", json!(self.run_index()));
        put("notes", json!(self.notes));
        if !self.tags.is_empty() {
            put("tags", json!(self.tags));
        }
        put("env", json!(self.env));
        put("task_order", json!(self.task_order));
        put("durations_s", self.column(|run| json!(run.duration_s)));
        put("exit_codes", self.column(|run| json!(run.outcome.exit_code())));
        put("reasons", self.column(|run| json!(run.outcome.reason())));
        if self.runs.iter().any(|run| run.outcome.failure().is_some()) {
            put("failure_summaries", self.column(|run| json!(run.outcome.failure())));
        }
        put("start_times_utc", self.column(|run| json!(run.started_at)));
        put("finish_times_utc", self.column(|run| json!(run.finished_at)));
        put("cpu_s", self.column(|run| json!(run.cpu_s)));
        put("peak_memory_bytes", self.column(|run| json!(run.peak_memory_bytes)));
        if self.runs.iter().any(|run| !run.metrics.is_empty()) {
            put("metrics", self.column(|run| json!(run.metrics)));
        }
        if self.runs.iter().any(|run| !run.thinned_from.is_empty()) {
            put("tracks_thinned_from", self.column(|run| json!(run.thinned_from)));
        }
        if self.runs.iter().any(|run| !run.gpus.is_empty()) {
            put("gpus", self.column(|run| json!(run.gpus)));
        }
        let queued = self.state.queued().unwrap_or_default();
        if let Some(queued_at_us) = queued.queued_at_us {
            put("queued_at_us", json!(queued_at_us));
        }
        if let Some(not_before_us) = queued.not_before_us {
            put("not_before_us", json!(not_before_us));
        }
        let Attempt { fail_fast_us, retries } = self.state.attempt();
        if let Some(fail_fast_us) = fail_fast_us {
            put("fail_fast_us", json!(fail_fast_us));
        }
        if let Some(batch) = &self.batch {
            put("batch", json!(batch));
        }
        if retries > 0 {
            put("retries", json!(retries));
        }
        if self.options != RunOptions::default() {
            put("options", json!(self.options));
        }
        map.extend(self.other.clone());
        let mut text = serde_json::to_string_pretty(&map).unwrap_or_default();
        text.push('\n');
        text
    }

    fn column(&self, cell: impl Fn(&Run) -> Value) -> Value {
        Value::Array(self.runs.iter().map(cell).collect())
    }
}

/// The keys that are fields of [`TaskInfo`]; all others are preserved as they are.
const KEYS: [&str; 35] = [
    "metrics",
    "tracks_thinned_from",
    "tags",
    "name",
    "status",
    "progress",
    "created_at",
    "pinned",
    "task_kind",
    "config_file",
    "start_times",
    "finish_times",
    "pids",
    "records",
    "tracks",
    "script",
    "run_index",
    "notes",
    "env",
    "task_order",
    "durations_s",
    "exit_codes",
    "reasons",
    "failure_summaries",
    "start_times_utc",
    "finish_times_utc",
    "cpu_s",
    "peak_memory_bytes",
    "gpus",
    "queued_at_us",
    "not_before_us",
    "fail_fast_us",
    "batch",
    "retries",
    "options",
];

fn text_of(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts_of(value: Option<&Value>) -> Vec<String> {
    let texts = value.and_then(Value::as_array).into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn metrics_of(value: Option<&Value>) -> BTreeMap<String, Aggregate> {
    let aggregates = value.and_then(Value::as_object).into_iter().flatten();
    let aggregate = |(key, value): (&String, &Value)| {
        serde_json::from_value(value.clone()).ok().map(|aggregates| (key.clone(), aggregates))
    };
    aggregates.filter_map(aggregate).collect()
}

fn number_of(value: Option<&Value>) -> u32 {
    value.and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// Invalid options count as none, so that the task can still be opened.
fn options_of(value: Option<&Value>) -> RunOptions {
    let read = value.and_then(|value| serde_json::from_value(value.clone()).ok());
    read.filter(|options: &RunOptions| options.check().is_ok()).unwrap_or_default()
}

fn gpus_of(value: Option<&Value>) -> Vec<u32> {
    let indexes = value.and_then(Value::as_array).into_iter().flatten();
    indexes.filter_map(|index| u32::try_from(index.as_u64()?).ok()).collect()
}

fn kind_of(map: &Map<String, Value>) -> TaskKind {
    let shell = |key: &str, word: &str| {
        map.get(key).and_then(Value::as_str).is_some_and(|text| text.starts_with(word))
    };
    let is_shell = match map.get("task_kind") {
        Some(Value::String(_)) => shell("task_kind", "shell"),
        _ => shell("config_file", "config.sh"),
    };
    if is_shell { TaskKind::Shell } else { TaskKind::Python }
}

fn env_of(value: Option<&Value>) -> BTreeMap<String, String> {
    let Some(Value::Object(map)) = value else {
        return BTreeMap::new();
    };
    map.iter()
        .map(|(key, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (key.clone(), text)
        })
        .collect()
}

/// Converts the parallel arrays to runs; the longest array determines their number, short ones are
/// padded.
fn runs_of(map: &Map<String, Value>) -> Vec<Run> {
    let column = |key: &str| map.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let (starts, finishes, pids) = (column("start_times"), column("finish_times"), column("pids"));
    let (records, tracks) = (column("records"), column("tracks"));
    let (metrics, thinned) = (column("metrics"), column("tracks_thinned_from"));
    let (durations, exits) = (column("durations_s"), column("exit_codes"));
    let (reasons, started, finished) =
        (column("reasons"), column("start_times_utc"), column("finish_times_utc"));
    let failures = column("failure_summaries");
    let (cpu, memory, gpus) = (column("cpu_s"), column("peak_memory_bytes"), column("gpus"));
    let count = [starts, finishes, pids, records, tracks].map(<[Value]>::len).into_iter().max();
    let object = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    (0..count.unwrap_or(0))
        .map(|slot| Run {
            start_time: text_of(starts.get(slot)),
            finish_time: text_of(finishes.get(slot)),
            started_at: text_of(started.get(slot)),
            finished_at: text_of(finished.get(slot)),
            pid: pids.get(slot).and_then(Value::as_u64).and_then(|pid| u32::try_from(pid).ok()),
            record: object(records.get(slot)).unwrap_or_default(),
            track: object(tracks.get(slot)).unwrap_or_default(),
            metrics: metrics_of(metrics.get(slot)),
            thinned_from: text_of(thinned.get(slot)),
            duration_s: durations.get(slot).and_then(Value::as_f64),
            outcome: RunOutcome::from_columns(
                !text_of(finishes.get(slot)).is_empty(),
                exits.get(slot).and_then(Value::as_i64).and_then(|code| i32::try_from(code).ok()),
                text_of(reasons.get(slot)),
                failures.get(slot).and_then(|value| FailureSummary::deserialize(value).ok()),
            ),
            cpu_s: cpu.get(slot).and_then(Value::as_f64),
            peak_memory_bytes: memory.get(slot).and_then(Value::as_u64),
            gpus: gpus_of(gpus.get(slot)),
        })
        .collect()
}

/// The state, with the other keys that belong to it.
fn state_of(map: &Map<String, Value>) -> TaskState {
    let number = |key: &str| map.get(key).and_then(Value::as_u64);
    let attempt =
        Attempt { fail_fast_us: number("fail_fast_us"), retries: number_of(map.get("retries")) };
    let status = map.get("status").and_then(Value::as_str).and_then(TaskStatus::parse);
    match status.unwrap_or_default() {
        TaskStatus::Pending => TaskState::Pending,
        TaskStatus::Queued => TaskState::Queued(Queued {
            queued_at_us: number("queued_at_us"),
            not_before_us: number("not_before_us"),
            attempt,
        }),
        TaskStatus::Running => TaskState::Running(attempt),
        TaskStatus::Completed => TaskState::Completed(attempt),
        TaskStatus::Failed => TaskState::Failed(attempt),
        TaskStatus::Cancelled => TaskState::Cancelled(attempt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::failure::FailureKind;

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
