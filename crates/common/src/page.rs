//! Requests for a page of tasks, and the page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Task, TaskStatus};

/// `GET /api/tasks?query=&status=All&offset=0&limit=50`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct TaskQuery {
    /// Each non-blank line must occur somewhere in the task.
    pub query: String,
    /// A status, case-insensitive, or `All`.
    pub status: String,
    /// How many matches to skip.
    pub offset: u64,
    /// How many to return; `<= 0` means all.
    pub limit: i64,
    /// A column (`name`, `status`, `created_at`, `duration_s`, `config.lr`, `records.acc`),
    /// with a leading `-` for descending; empty for the usual order.
    pub sort: String,
    /// Leave out the heavy fields (`tracks`, `config_text`, `search_text`).
    pub compact: bool,
    /// Return the values of variables that look like secrets.
    pub reveal: bool,
}

impl Default for TaskQuery {
    fn default() -> Self {
        Self {
            query: String::new(),
            status: "All".to_owned(),
            offset: 0,
            limit: 50,
            sort: String::new(),
            compact: false,
            reveal: false,
        }
    }
}

/// One page of tasks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskPage {
    /// The tasks of this page.
    pub items: Vec<Task>,
    /// How many tasks match.
    pub total: u64,
    /// How many matches were skipped.
    pub offset: u64,
    /// The page size asked for.
    pub limit: i64,
    /// Whether more follow.
    pub has_more: bool,
    /// How many tasks match the query in each status, whatever `status` asked for.
    #[serde(default)]
    pub status_counts: BTreeMap<TaskStatus, u64>,
}
