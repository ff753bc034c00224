//! Batches: tasks that were created together.

use crate::TaskName;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::TaskStatus;

/// `GET /api/batches`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchList {
    /// The batches of the workspace, the newest first.
    pub items: Vec<BatchSummary>,
}

/// How far a batch is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchSummary {
    /// Its name, `sweep_of-20`.
    pub name: String,
    /// Local time of creation, `2026-11-23_11-16-57`.
    pub created_at: String,
    /// How many tasks it was created with.
    pub count: u64,
    /// How many of those that are there are in each status.
    pub status_counts: BTreeMap<TaskStatus, u64>,
    /// How many are not there any more.
    pub missing: u64,
}

/// `POST /api/batches/{name}/rerun`: which of its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RerunBatchRequest {
    /// Those whose last run failed.
    pub failed: bool,
    /// Those that were cancelled.
    pub cancelled: bool,
    /// Those that are gone: they are created again as they were.
    pub missing: bool,
    /// When one of them has failed, those that still wait are cancelled.
    pub fail_fast: bool,
}

impl Default for RerunBatchRequest {
    fn default() -> Self {
        Self { failed: true, cancelled: false, missing: true, fail_fast: false }
    }
}

/// `POST /api/batches/{name}/extend`: more values of one of its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ExtendBatchRequest {
    /// The parameter, by its dotted key.
    pub key: String,
    /// The new values, as in a form: `0.3`, `0.3 | 0.1`, `5:8`. Those that it has are passed over.
    pub values: String,
    /// Queue the new tasks.
    pub run: bool,
    /// Return what would be created without creating it.
    pub preview: bool,
}

/// The tasks that were created, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtendBatchResponse {
    /// How many values are new.
    pub values: u64,
    /// How many tasks: each new value with all values of the other parameters.
    pub count: u64,
    /// How many tasks the batch has with them.
    pub total: u64,
    /// Their names; of a preview the first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub task_names: Vec<TaskName>,
}

/// The tasks that run again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RerunBatchResponse {
    /// How many tasks were queued.
    pub count: u64,
    /// Their names, in the order of the batch.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub task_names: Vec<TaskName>,
    /// Those of them that were created again.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub recreated: Vec<TaskName>,
}
