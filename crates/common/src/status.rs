//! The state of a task, and the kind of a task.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `pending → queued → running → completed | failed | cancelled`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TaskStatus {
    /// Created, never started.
    #[default]
    Pending,
    /// Accepted by the queue, waits for a free worker.
    Queued,
    /// A supervisor holds the lock of its run.
    Running,
    /// The last run ended with exit code 0.
    Completed,
    /// The last run ended otherwise, or could not start.
    Failed,
    /// The last run was ended by the user.
    Cancelled,
}

impl TaskStatus {
    /// All of them, in the order of a task's life.
    pub const ALL: [Self; 6] = [
        Self::Pending,
        Self::Queued,
        Self::Running,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Whether the task is queued or running.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }

    /// The word used on disk and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Parses the word, ignoring case; also `canceled`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_ascii_lowercase();
        if word == "canceled" {
            return Some(Self::Cancelled);
        }
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

impl fmt::Display for TaskStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The kind of a task: a Python script with a config, or a shell script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// A Python script; its parameters are in `config.yaml`. Older files say `config`.
    #[default]
    #[serde(alias = "config")]
    Python,
    /// The text of `config.sh`, given to a shell.
    Shell,
}

impl TaskKind {
    /// The file in the task's folder that contains its configuration.
    #[must_use]
    pub fn config_file(self) -> &'static str {
        match self {
            Self::Python => "config.yaml",
            Self::Shell => "config.sh",
        }
    }
}
