//! References to runs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A run of a task, or an imported one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunRef {
    /// The task's name. An imported run is `@<import>/<run>`, which no task can be called.
    pub task: String,
    /// The run, from 1; 0 means the newest.
    #[serde(default)]
    pub run: u32,
}

impl RunRef {
    /// A run by task and index.
    #[must_use]
    pub fn new(task: impl Into<String>, run: u32) -> Self {
        Self { task: task.into(), run }
    }

    /// Import and run, if it is an imported one.
    #[must_use]
    pub fn imported(&self) -> Option<(&str, &str)> {
        self.task.strip_prefix('@')?.split_once('/')
    }
}

impl fmt::Display for RunRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.task, self.run)
    }
}
