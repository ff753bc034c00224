//! `task_info.json` as a type. Its text is read and written by [`format`](super::format).

use std::collections::BTreeMap;

use common::metric::Aggregate;
use common::options::RunOptions;
use common::{TaskKind, TaskStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::outcome::RunOutcome;
use super::state::{InvalidTransition, TaskState, Transition};

/// One task's file. Keys that this version does not know are kept in `other`.
///
/// The derived JSON, which leaves out what is as by default, is that of the index's cache; the file's
/// own is [`TaskInfo::to_text`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskInfo {
    /// Name of the task, which is the name of its folder.
    pub name: String,
    /// The state, changed by [`apply`](Self::apply) alone.
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
    pub batch: Option<BatchPlace>,
    /// Run options of the task.
    #[serde(skip_serializing_if = "is_default")]
    pub options: RunOptions,
    /// Runs of the task, oldest first.
    pub runs: Vec<Run>,
    /// Keys that this version does not know, written back unchanged.
    #[serde(skip_serializing_if = "is_default")]
    pub other: Map<String, Value>,
}

/// Where a task stands in the batch with which it was created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPlace {
    /// The batch's name.
    pub name: String,
    /// From 1.
    pub place: u64,
}

/// One run of a task: a slot of the file's parallel arrays.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// Local time, `2026-11-23_11-16-57`; empty when unknown.
    pub start_time: String,
    /// Local time; empty while the run goes.
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
    /// The figures of each curve, of all its points.
    #[serde(skip_serializing_if = "is_default")]
    pub metrics: BTreeMap<String, Aggregate>,
    /// The journal that holds the curves whole, where `track` has them thinned out.
    #[serde(skip_serializing_if = "is_default")]
    pub thinned_from: String,
    /// Duration, in seconds; `None` while it is running or where it is unknown.
    pub duration_s: Option<f64>,
    /// How it ended, if it has ended.
    #[serde(skip_serializing_if = "is_default")]
    pub outcome: RunOutcome,
    /// CPU time of all its processes, user and system.
    pub cpu_s: Option<f64>,
    /// The most memory that one of its processes had at a time.
    pub peak_memory_bytes: Option<u64>,
    /// The GPUs it was given, as the driver counts.
    #[serde(skip_serializing_if = "is_default")]
    pub gpus: Vec<u32>,
}

impl Run {
    /// Forgets the curves and keeps their figures: what the index holds of them.
    pub fn without_curves(&mut self) {
        for (key, value) in std::mem::take(&mut self.track) {
            let figures = self.figures_of(&key, &value);
            self.metrics.insert(key, figures);
        }
    }

    /// The figures of a curve: those noted, else those of its values.
    #[must_use]
    pub fn figures_of(&self, key: &str, track: &Value) -> Aggregate {
        let Some(mut noted) = self.metrics.get(key).copied() else {
            return Aggregate::of(common::metric::float::list_from_json(track));
        };
        // Older files note the last finite value; the list, also a thinned-out one, ends with the last.
        if noted.has_gaps()
            && let Some(last) = track.as_array().and_then(|track| track.last())
        {
            noted.last = Some(common::metric::float::or_nan(last));
        }
        noted
    }
}

impl TaskInfo {
    /// A pending task of that name, with nothing else.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The same task in another state, whatever led to it: what another program may have written.
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

    /// Number of the newest run, from 1; 0 where there is none.
    #[must_use]
    pub fn run_index(&self) -> u32 {
        u32::try_from(self.runs.len()).unwrap_or(u32::MAX)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
