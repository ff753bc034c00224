//! `task_info.json` as a type. [`format`](super::format) parses and serializes its text.

use std::collections::BTreeMap;

use common::metric::Aggregate;
use common::options::RunOptions;
use common::{TaskKind, TaskStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::outcome::RunOutcome;
use super::state::{InvalidTransition, TaskState, Transition};

/// The content of a task's file. Keys that this version does not know are stored in `other`.
///
/// The derived JSON, which omits defaults, is the format of the index cache; the format of the file
/// is [`TaskInfo::to_text`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskInfo {
    /// Name of the task, which is the name of its folder.
    pub name: String,
    /// The state; only [`apply`](Self::apply) changes it.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) state: TaskState,
    /// Progress of the newest run, from 0 to 1.
    #[serde(skip_serializing_if = "is_default")]
    pub progress: f64,
    /// Time of creation, local, as `2026-11-23_11-16-57`.
    pub created_at: String,
    /// Whether the task is pinned to the top of the list.
    #[serde(skip_serializing_if = "is_default")]
    pub pinned: bool,
    /// Whether the task runs a Python script or a shell script.
    #[serde(skip_serializing_if = "is_default")]
    pub task_kind: TaskKind,
    /// Absolute path of the script; `None` for shell tasks.
    #[serde(skip_serializing_if = "is_default")]
    pub script: Option<String>,
    /// Notes of the user.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: String,
    /// Tags of the user.
    #[serde(skip_serializing_if = "is_default")]
    pub tags: Vec<String>,
    /// Environment variables of the task.
    #[serde(skip_serializing_if = "is_default")]
    pub env: BTreeMap<String, String>,
    /// Position in the list that the user arranged; `None` if not arranged.
    #[serde(skip_serializing_if = "is_default")]
    pub task_order: Option<i64>,
    /// The batch with which it was created.
    #[serde(skip_serializing_if = "is_default")]
    pub batch: Option<BatchPosition>,
    /// Run options of the task.
    #[serde(skip_serializing_if = "is_default")]
    pub options: RunOptions,
    /// Runs of the task, oldest first.
    pub runs: Vec<Run>,
    /// Keys that this version does not know, written back unchanged.
    #[serde(skip_serializing_if = "is_default")]
    pub other: Map<String, Value>,
}

/// Position of a task in the batch with which it was created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPosition {
    /// The batch's name.
    pub name: String,
    /// Index in the batch, from 1.
    #[serde(rename = "place")]
    pub index: u64,
}

/// One run of a task: one index of the file's parallel arrays.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// Local time, `2026-11-23_11-16-57`; empty when unknown.
    pub start_time: String,
    /// Local time; empty while it is running.
    pub finish_time: String,
    /// Start of the run in UTC, exact; empty in files of other programs.
    pub started_at: String,
    /// End of the run in UTC, exact; empty while it is running, and in files of other programs.
    pub finished_at: String,
    /// Process id of the script; `None` if it did not start.
    #[serde(skip_serializing_if = "is_default")]
    pub pid: Option<u32>,
    /// Values stored by `pyruns.record`, by name.
    #[serde(skip_serializing_if = "is_default")]
    pub record: Map<String, Value>,
    /// Values appended by `pyruns.track`: a list for each key.
    #[serde(skip_serializing_if = "is_default")]
    pub track: Map<String, Value>,
    /// Statistics of each curve over all of its points.
    #[serde(skip_serializing_if = "is_default")]
    pub metrics: BTreeMap<String, Aggregate>,
    /// The journal with the complete curves, if those in `track` are downsampled.
    #[serde(skip_serializing_if = "is_default")]
    pub thinned_from: String,
    /// Duration, in seconds; `None` while it is running or where it is unknown.
    pub duration_s: Option<f64>,
    /// How it ended, if it has ended.
    #[serde(skip_serializing_if = "is_default")]
    pub outcome: RunOutcome,
    /// CPU time of all its processes, user and system.
    pub cpu_s: Option<f64>,
    /// Largest resident size of one of its processes, in bytes.
    pub peak_memory_bytes: Option<u64>,
    /// Indices of the assigned GPUs, in the driver's order.
    #[serde(skip_serializing_if = "is_default")]
    pub gpus: Vec<u32>,
}

impl Run {
    /// Drops the curves and keeps their statistics, as the index stores them.
    pub fn without_curves(&mut self) {
        for (key, value) in std::mem::take(&mut self.track) {
            let aggregate = self.aggregate_of(&key, &value);
            self.metrics.insert(key, aggregate);
        }
    }

    /// The statistics of a curve: the stored ones, else computed from its values.
    #[must_use]
    pub fn aggregate_of(&self, key: &str, track: &Value) -> Aggregate {
        let Some(mut noted) = self.metrics.get(key).copied() else {
            return Aggregate::of(common::metric::float::list_from_json(track));
        };
        // Older files store the last finite value; the last item of the list, even if downsampled,
        // is the last value.
        if noted.has_gaps()
            && let Some(last) = track.as_array().and_then(|track| track.last())
        {
            noted.last = Some(common::metric::float::or_nan(last));
        }
        noted
    }
}

impl TaskInfo {
    /// A pending task with this name and defaults.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The same task in another state, without checking the transition: for what other programs may
    /// have written.
    #[must_use]
    pub fn in_state(self, state: TaskState) -> Self {
        Self { state, ..self }
    }

    /// State of the task.
    #[must_use]
    pub fn state(&self) -> &TaskState {
        &self.state
    }

    /// State of the task, without its data.
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        self.state.status()
    }

    /// Changes the state, and the progress with it.
    ///
    /// # Errors
    /// When the state does not allow the transition; nothing is changed then.
    pub fn apply(&mut self, transition: Transition) -> Result<(), InvalidTransition> {
        self.state = self.state.after(transition)?;
        match transition {
            Transition::Submit { .. } | Transition::Begin => self.progress = 0.0,
            Transition::Complete => self.progress = 1.0,
            Transition::Fail | Transition::Cancel | Transition::Retry { .. } => {}
        }
        Ok(())
    }

    /// Index of the newest run, from 1; 0 if there is none.
    #[must_use]
    pub fn run_index(&self) -> u32 {
        u32::try_from(self.runs.len()).unwrap_or(u32::MAX)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
