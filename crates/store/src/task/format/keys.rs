//! The keys of `task_info.json`, each with how it is read and written, in the order of the file.
//!
//! To add a key, add an entry here: reading, writing and what counts as unknown follow from it.

use common::TaskStatus;
use common::failure::FailureSummary;
use common::options::RunOptions;
use serde::Deserialize;
use serde_json::{Value, json};

use super::draft::{Draft, RunDraft};
use super::value::{aggregates, env, gpus, number, object, shell_if, text, texts};
use crate::task::{Run, TaskInfo};

/// A key of the file.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) content: Content,
}

/// What a key holds.
pub(super) enum Content {
    /// A value of the task; not written if `write` returns nothing.
    Task { read: fn(&mut Draft, Value), write: fn(&TaskInfo) -> Option<Value> },
    /// A list with one value per run.
    Runs { column: Column, read: fn(&mut RunDraft, Value), write: fn(&Run) -> Value },
}

/// When a list of runs is written, and whether its length counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Always written; a run exists if it has a value here.
    Defining,
    /// Always written.
    Always,
    /// Written if it is not empty for some run.
    IfAny,
}

const fn task(
    name: &'static str,
    read: fn(&mut Draft, Value),
    write: fn(&TaskInfo) -> Option<Value>,
) -> Key {
    Key { name, content: Content::Task { read, write } }
}

const fn runs(
    name: &'static str,
    column: Column,
    read: fn(&mut RunDraft, Value),
    write: fn(&Run) -> Value,
) -> Key {
    Key { name, content: Content::Runs { column, read, write } }
}

/// All keys.
pub(super) static KEYS: &[Key] = &[
    task("name", |draft, value| draft.info.name = text(value), |info| Some(json!(info.name))),
    task(
        "status",
        |draft, value| {
            draft.status = value.as_str().and_then(TaskStatus::parse).unwrap_or_default();
        },
        |info| Some(json!(info.status())),
    ),
    task(
        "progress",
        |draft, value| draft.info.progress = value.as_f64().unwrap_or_default(),
        |info| Some(json!(info.progress)),
    ),
    task(
        "created_at",
        |draft, value| draft.info.created_at = text(value),
        |info| Some(json!(info.created_at)),
    ),
    task(
        "pinned",
        |draft, value| draft.info.pinned = value.as_bool().unwrap_or_default(),
        |info| Some(json!(info.pinned)),
    ),
    task(
        "task_kind",
        |draft, value| draft.kind = value.as_str().map(|text| shell_if(text.starts_with("shell"))),
        |info| Some(json!(info.task_kind)),
    ),
    task(
        "config_file",
        |draft, value| draft.kind_of_config = shell_if(text(value).starts_with("config.sh")),
        |info| Some(json!(info.task_kind.config_file())),
    ),
    runs(
        "start_times",
        Column::Defining,
        |draft, value| draft.run.start_time = text(value),
        |run| json!(run.start_time),
    ),
    runs(
        "finish_times",
        Column::Defining,
        |draft, value| draft.run.finish_time = text(value),
        |run| json!(run.finish_time),
    ),
    runs(
        "pids",
        Column::Defining,
        |draft, value| draft.run.pid = value.as_u64().and_then(|pid| u32::try_from(pid).ok()),
        |run| json!(run.pid),
    ),
    runs(
        "records",
        Column::Defining,
        |draft, value| draft.run.record = object(value),
        |run| Value::Object(run.record.clone()),
    ),
    runs(
        "tracks",
        Column::Defining,
        |draft, value| draft.run.track = object(value),
        |run| Value::Object(run.track.clone()),
    ),
    task(
        "script",
        |draft, value| draft.info.script = value.as_str().map(str::to_owned),
        |info| info.script.as_ref().map(|script| json!(script)),
    ),
    // The number of runs, for readers of the file.
    task("run_index", |_, _| {}, |info| Some(json!(info.run_index()))),
    task("notes", |draft, value| draft.info.notes = text(value), |info| Some(json!(info.notes))),
    task(
        "tags",
        |draft, value| draft.info.tags = texts(&value),
        |info| (!info.tags.is_empty()).then(|| json!(info.tags)),
    ),
    task("env", |draft, value| draft.info.env = env(value), |info| Some(json!(info.env))),
    task(
        "task_order",
        |draft, value| draft.info.task_order = value.as_i64(),
        |info| Some(json!(info.task_order)),
    ),
    runs(
        "durations_s",
        Column::Always,
        |draft, value| draft.run.duration_s = value.as_f64(),
        |run| json!(run.duration_s),
    ),
    runs(
        "exit_codes",
        Column::Always,
        |draft, value| draft.exit_code = value.as_i64().and_then(|code| i32::try_from(code).ok()),
        |run| json!(run.outcome.exit_code()),
    ),
    runs(
        "reasons",
        Column::Always,
        |draft, value| draft.reason = text(value),
        |run| json!(run.outcome.reason()),
    ),
    runs(
        "failure_summaries",
        Column::IfAny,
        |draft, value| draft.failure = FailureSummary::deserialize(value).ok(),
        |run| json!(run.outcome.failure()),
    ),
    runs(
        "start_times_utc",
        Column::Always,
        |draft, value| draft.run.started_at = text(value),
        |run| json!(run.started_at),
    ),
    runs(
        "finish_times_utc",
        Column::Always,
        |draft, value| draft.run.finished_at = text(value),
        |run| json!(run.finished_at),
    ),
    runs(
        "cpu_s",
        Column::Always,
        |draft, value| draft.run.cpu_s = value.as_f64(),
        |run| json!(run.cpu_s),
    ),
    runs(
        "peak_memory_bytes",
        Column::Always,
        |draft, value| draft.run.peak_memory_bytes = value.as_u64(),
        |run| json!(run.peak_memory_bytes),
    ),
    runs(
        "metrics",
        Column::IfAny,
        |draft, value| draft.run.metrics = aggregates(value),
        |run| json!(run.metrics),
    ),
    runs(
        "tracks_thinned_from",
        Column::IfAny,
        |draft, value| draft.run.thinned_from = text(value),
        |run| json!(run.thinned_from),
    ),
    runs(
        "gpus",
        Column::IfAny,
        |draft, value| draft.run.gpus = gpus(&value),
        |run| json!(run.gpus),
    ),
    task(
        "queued_at_us",
        |draft, value| draft.queued.queued_at_us = value.as_u64(),
        |info| info.state().queued()?.queued_at_us.map(Value::from),
    ),
    task(
        "not_before_us",
        |draft, value| draft.queued.not_before_us = value.as_u64(),
        |info| info.state().queued()?.not_before_us.map(Value::from),
    ),
    task(
        "fail_fast_us",
        |draft, value| draft.queued.attempt.fail_fast_us = value.as_u64(),
        |info| info.state().attempt().fail_fast_us.map(Value::from),
    ),
    task(
        "batch",
        |draft, value| draft.info.batch = serde_json::from_value(value).ok(),
        |info| info.batch.as_ref().map(|batch| json!(batch)),
    ),
    task(
        "retries",
        |draft, value| draft.queued.attempt.retries = number(&value),
        |info| Some(info.state().attempt().retries).filter(|count| *count > 0).map(Value::from),
    ),
    task(
        "options",
        |draft, value| {
            // Invalid options count as none, so that the task can still be opened.
            let read = serde_json::from_value(value).ok();
            draft.info.options =
                read.filter(|options: &RunOptions| options.check().is_ok()).unwrap_or_default();
        },
        |info| (info.options != RunOptions::default()).then(|| json!(info.options)),
    ),
];
