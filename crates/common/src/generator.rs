//! Requests and responses for creating tasks from a form, a YAML text or a shell script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::options::RunOptions;
use crate::{Task, TaskKind, TaskName};

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

/// The tasks that would be created.
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
    /// Position in the batch, from 1.
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
    /// Names made from values, `{lr}-{seed}`, instead of the prefix; blank for none.
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

/// The created tasks.
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

/// A summary of the created tasks, of constant size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// Number of tasks.
    pub count: u64,
    /// Name of the batch; `None` for a single task.
    pub batch: Option<String>,
    /// The first task.
    pub first: String,
}

/// The names of created tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedTasks {
    /// Number of tasks.
    pub count: u64,
    /// Name of the batch; `None` for a single task.
    pub batch: Option<String>,
    /// All of them, in the order of the batch.
    pub task_names: Vec<TaskName>,
}

/// The fingerprints of all existing tasks, for finding duplicates.
///
/// Stored as one text, because there are up to 100,000 of them: JSON numbers of 64 bits may lose
/// precision, and a list would need as many allocations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fingerprints {
    /// A line for each task, the newest first: 16 hexadecimal digits, which are its
    /// [`fingerprint`](crate::batch::fingerprint), and its name.
    pub lines: String,
}

impl Fingerprints {
    /// Builds it from fingerprints and names, newest first.
    pub fn new<'a>(tasks: impl Iterator<Item = (u64, &'a str)>) -> Self {
        let mut lines = String::new();
        // A folder may have a name with a line break, but no task created by Pyruns has.
        for (fingerprint, name) in tasks.filter(|(_, name)| !name.contains(['\n', '\r'])) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(lines, "{fingerprint:016x}{name}");
        }
        Self { lines }
    }

    /// The fingerprints, each with the offset of its name in [`lines`](Self::lines).
    pub fn offsets(&self) -> impl Iterator<Item = (u64, usize)> {
        let mut start = 0;
        self.lines.split_inclusive('\n').filter_map(move |line| {
            let name = start + DIGITS;
            start += line.len();
            Some((u64::from_str_radix(line.get(..DIGITS)?, 16).ok()?, name))
        })
    }

    /// The name at an offset.
    #[must_use]
    pub fn name_at(&self, offset: usize) -> &str {
        self.lines.get(offset..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }
}

/// Number of hexadecimal digits of 64 bits.
const DIGITS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_and_every_name_come_back() {
        let tasks =
            [(u64::MAX, "néw"), (0, "broken\nname"), (1, "a b"), (0x0123_4567_89AB_CDEF, "x")];
        let fingerprints = Fingerprints::new(tasks.into_iter());
        let read: Vec<_> =
            fingerprints.offsets().map(|(it, at)| (it, fingerprints.name_at(at))).collect();
        assert_eq!(read, [tasks[0], tasks[2], tasks[3]]);
    }

    #[test]
    fn invalid_fingerprints_are_ignored() {
        let fingerprints = Fingerprints { lines: "short\n\nnot hexadecimal!name\n".to_owned() };
        assert_eq!(fingerprints.offsets().count(), 0);
        assert_eq!(fingerprints.name_at(1_000), "");
    }
}
