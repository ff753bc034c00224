//! What happens, as told to every subscriber: `WS /api/events?since=<id>`.

use serde::{Deserialize, Serialize};

use crate::{Task, TaskStatus};

/// One change, with its place in the order of all changes of this server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Increasing by one; resume with `since=`.
    pub id: u64,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What can change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Change {
    /// Greeting: the id of the newest event. A client that knows nothing starts from here.
    Hello {
        /// Changes with every start of the server: ids of another epoch mean nothing.
        epoch: u64,
    },
    /// The events after the asked id are gone, or the client was too slow: read everything anew.
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
    },
    /// The queue as a whole moved.
    QueueChanged {
        /// Tasks waiting.
        queued: u64,
        /// Tasks running.
        running: u64,
        /// How many may run at once.
        max_workers: u32,
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
