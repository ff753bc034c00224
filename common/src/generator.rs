//! Turning a form, a YAML text or a shell script into tasks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::options::RunOptions;
use crate::{Task, TaskKind};

/// The mode in which the text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// YAML whose leaf values may be batch expressions.
    #[default]
    Form,
    /// Plain YAML: exactly one task.
    Yaml,
    /// The text of a shell script.
    Shell,
}

/// `POST /api/generator/preview`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PreviewRequest {
    /// How to read the text.
    pub mode: Mode,
    /// The parameters, for form and YAML mode.
    pub yaml_text: String,
    /// The script, for shell mode.
    pub shell_text: String,
    /// Template whose types the values must have; empty for none.
    pub template_value: String,
    /// Which combinations are wanted, in form mode: `optimizer == sgd and lr < 0.1`; blank for all.
    pub when: String,
    /// How many items to return; nothing means 6.
    pub max_items: Option<u32>,
}

/// What would be created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewResponse {
    /// Exact number of tasks, however large.
    pub count: u64,
    /// The first of them.
    pub items: Vec<PreviewItem>,
    /// Python or shell.
    pub task_kind: TaskKind,
}

/// One task that would be created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewItem {
    /// Place in the batch, from 1.
    pub index: u64,
    /// `lr=0.1, epochs=1`.
    pub preview: String,
    /// Its parameters.
    pub config: Map<String, Value>,
}

/// `POST /api/generator/create`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateRequest {
    /// The same fields as a preview.
    #[serde(flatten)]
    pub preview: PreviewRequest,
    /// Beginning of the names; blank → `task`.
    pub name_prefix: String,
    /// Whether `_YYYY-MM-DD_HH-MM-SS` follows it.
    #[serde(default = "yes")]
    pub append_timestamp: bool,
    /// Names made from values, `{lr}-{seed}`, in place of the prefix; blank for none.
    #[serde(default)]
    pub name_pattern: String,
    /// Notes of every task.
    #[serde(default)]
    pub notes: String,
    /// Environment of every task.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// How the runs of every task are treated.
    #[serde(default)]
    pub options: RunOptions,
}

fn yes() -> bool {
    true
}

impl Default for CreateRequest {
    fn default() -> Self {
        Self {
            preview: PreviewRequest::default(),
            name_prefix: String::new(),
            append_timestamp: true,
            name_pattern: String::new(),
            notes: String::new(),
            env: BTreeMap::new(),
            options: RunOptions::default(),
        }
    }
}

/// What was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateResponse {
    /// How many tasks.
    pub count: u64,
    /// All of them.
    pub items: Vec<Task>,
    /// The 12 newest tasks of the workspace.
    pub recent_tasks: Vec<Task>,
    /// Python or shell.
    pub task_kind: TaskKind,
}

/// What was created, in few words, however much it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// How many tasks.
    pub count: u64,
    /// Name of the batch; nothing for a single task.
    pub batch: Option<String>,
    /// The first task.
    pub first: String,
}

/// The configurations of the tasks that are there already, to find duplicates by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fingerprints {
    /// See [`fingerprint`](crate::batch::fingerprint), and the name of the task.
    pub items: Vec<(u64, String)>,
    /// Whether there are more tasks than were looked at.
    pub has_more: bool,
}
