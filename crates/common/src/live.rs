//! The events sent to every subscriber: `WS /api/events?since=<id>`.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::metric::{MetricsDelta, RunProgress};
use crate::{Task, TaskStatus};

/// One change, with its position in the order of all changes of this server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Value")]
pub struct Event {
    /// Increasing by one; resume with `since=`.
    pub id: u64,
    /// The change.
    #[serde(flatten)]
    pub change: Change,
}

/// The kinds of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", try_from = "Value")]
pub enum Change {
    /// Greeting: the id of the newest event. A client that knows nothing starts from here.
    Hello {
        /// Changes with every start of the server: ids of another epoch mean nothing.
        epoch: u64,
    },
    /// The events after the requested id are no longer stored, or the client was too slow: read everything again.
    Resync,
    /// A task was created, or appeared on disk.
    TaskAdded {
        /// Its workspace's name.
        workspace: String,
        /// The task, without heavy fields.
        task: Box<Task>,
    },
    /// A task changed in any way.
    TaskChanged {
        /// Its workspace's name.
        workspace: String,
        /// The task, without heavy fields.
        task: Box<Task>,
    },
    /// A task was deleted, renamed away or vanished.
    TaskRemoved {
        /// Its workspace's name.
        workspace: String,
        /// The name it had.
        name: String,
    },
    /// New points arrived in a run's journal.
    MetricsChanged {
        /// Its workspace's name.
        workspace: String,
        /// The task.
        name: String,
        /// The run, from 1.
        run_index: u32,
        /// How much of its journal there is, bytes.
        cursor: u64,
        /// The new calls, if they are few; otherwise the series must be requested again.
        #[serde(skip_serializing_if = "Option::is_none")]
        delta: Option<Box<MetricsDelta>>,
        /// The last progress that the run reported, if any.
        #[serde(skip_serializing_if = "Option::is_none")]
        progress: Option<RunProgress>,
    },
    /// The queue has changed.
    QueueChanged {
        /// Tasks waiting.
        queued: u64,
        /// Tasks running.
        running: u64,
        /// How many may run at once.
        max_workers: u32,
    },
    /// A large batch is being created.
    BatchProgress {
        /// Its workspace's name.
        workspace: String,
        /// How far it is.
        done: u64,
        /// Of how many.
        total: u64,
    },
    /// The current workspace or its settings changed.
    WorkspaceChanged {
        /// Its name.
        workspace: String,
    },
}

impl Change {
    /// The status that a task event carries, if it is one.
    #[must_use]
    pub fn task_status(&self) -> Option<TaskStatus> {
        match self {
            Self::TaskAdded { task, .. } | Self::TaskChanged { task, .. } => Some(task.status),
            _ => None,
        }
    }
}

// Deserialized manually: serde's derived code for a tagged enum contains a second deserializer for
// every inner type, which the browser would have to load.

impl TryFrom<Value> for Event {
    type Error = crate::json_tree::Error;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let id = value.get("id").and_then(Value::as_u64);
        let id = id.ok_or_else(|| crate::json_tree::Error::missing_field("id"))?;
        Ok(Self { id, change: value.try_into()? })
    }
}

/// The union of the fields of all changes.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    #[serde(rename = "type")]
    kind: String,
    epoch: u64,
    workspace: String,
    task: Option<Box<Task>>,
    name: String,
    run_index: u32,
    cursor: u64,
    delta: Option<Box<MetricsDelta>>,
    progress: Option<RunProgress>,
    queued: u64,
    running: u64,
    max_workers: u32,
    done: u64,
    total: u64,
}

impl TryFrom<Value> for Change {
    type Error = crate::json_tree::Error;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let fields: Fields = crate::json_tree::from_tree(value)?;
        let Fields { kind, epoch, workspace, task, name, run_index, .. } = fields;
        let Fields { cursor, delta, progress, queued, running, max_workers, .. } = fields;
        let Fields { done, total, .. } = fields;
        let task = task.ok_or_else(|| crate::json_tree::Error::missing_field("task"));
        Ok(match kind.as_str() {
            "hello" => Self::Hello { epoch },
            "resync" => Self::Resync,
            "task_added" => Self::TaskAdded { workspace, task: task? },
            "task_changed" => Self::TaskChanged { workspace, task: task? },
            "task_removed" => Self::TaskRemoved { workspace, name },
            "metrics_changed" => {
                Self::MetricsChanged { workspace, name, run_index, cursor, delta, progress }
            }
            "queue_changed" => Self::QueueChanged { queued, running, max_workers },
            "batch_progress" => Self::BatchProgress { workspace, done, total },
            "workspace_changed" => Self::WorkspaceChanged { workspace },
            other => {
                return Err(crate::json_tree::Error::custom(format!(
                    "no change is called {other:?}"
                )));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_read_back() {
        let (workspace, name) = ("train".to_owned(), "one".to_owned());
        let task = Box::new(Task { name: name.clone(), ..Task::default() });
        let changes = [
            Change::Hello { epoch: 7 },
            Change::Resync,
            Change::TaskAdded { workspace: workspace.clone(), task: task.clone() },
            Change::TaskChanged { workspace: workspace.clone(), task },
            Change::TaskRemoved { workspace: workspace.clone(), name: name.clone() },
            Change::MetricsChanged {
                workspace: workspace.clone(),
                name,
                run_index: 3,
                cursor: 90,
                delta: Some(Box::new(MetricsDelta { from: 40, cursor: 90, calls: Vec::new() })),
                progress: Some(RunProgress { done: 3.0, ..RunProgress::default() }),
            },
            Change::QueueChanged { queued: 5, running: 2, max_workers: 4 },
            Change::BatchProgress { workspace: workspace.clone(), done: 3, total: 9 },
            Change::WorkspaceChanged { workspace },
        ];
        for (id, change) in (1..).zip(changes) {
            let event = Event { id, change };
            let text = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
        }
    }

    #[test]
    fn an_event_without_id_or_of_an_unknown_kind_is_refused() {
        for text in [r#"{"type":"resync"}"#, r#"{"id":1,"type":"gone"}"#, r#"{"id":1}"#] {
            assert!(serde_json::from_str::<Event>(text).is_err(), "{text}");
        }
    }
}
