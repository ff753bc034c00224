//! Provenance of a run: everything that is needed to understand it later, or to repeat it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::line_diff::Hunk;
use crate::metric::RunRef;

/// The provenance record of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Provenance {
    /// When it was noted, UTC; the run had begun at most a moment before.
    pub noted_at: String,
    /// Name of the machine.
    pub hostname: String,
    /// Name of the user.
    pub user: String,
    /// Version of Pyruns.
    pub pyruns_version: String,
    /// The command, program first, one item an argument.
    pub command: Vec<String>,
    /// The folder it ran in.
    pub workdir: String,
    /// Variables that were set for it: those of the settings, of the task, and of Pyruns. Values that look like
    /// secrets are replaced with a fingerprint, which is equal for equal values: `•••••• (3fa9c1d2)`.
    pub env: BTreeMap<String, String>,
    /// Names of the variables in `env` whose values are masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masked_env: Vec<String>,
    /// Variables that were passed on from the server's environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub env_from: Vec<String>,
    /// The parameters, or the shell script, as they were.
    pub config: StoredFile,
    /// The script of a Python task.
    pub script: Option<StoredFile>,
    /// The state of the repository of the script, if there is one.
    pub git: Option<GitState>,
    /// The interpreter of a Python task and its installed packages.
    pub python: Option<PythonState>,
    /// The GPUs that it was given, or else all: index and name.
    pub gpus: Vec<String>,
    /// Parts that could not be recorded, as texts.
    pub gaps: Vec<String>,
}

/// A file's content at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct StoredFile {
    /// Its path; inside a repository, relative to its root.
    pub path: String,
    /// SHA-256 of the content, hexadecimal; the content is stored under this name.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The content is not stored: it is too large.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub too_large: bool,
}

/// A working tree at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct GitState {
    /// The top of the working tree.
    pub root: String,
    /// The commit, hexadecimal; empty before the first one.
    pub commit: String,
    /// The branch; empty when none is checked out.
    pub branch: String,
    /// Tracked files differ from the commit.
    pub dirty: bool,
    /// The output of `git diff --binary`; null if there is no difference.
    pub diff: Option<StoredFile>,
    /// Files that are neither tracked nor ignored by git.
    pub untracked: Vec<StoredFile>,
    /// How many more of them there are than are listed.
    pub untracked_more: u64,
}

/// An interpreter and its packages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PythonState {
    /// Path of the interpreter.
    pub executable: String,
    /// `3.12.1`.
    pub version: String,
    /// The installed packages, one `name==version` per line, stored as a file.
    pub packages: StoredFile,
}

/// `POST /api/tasks/{name}/restore-inputs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestoreInputsRequest {
    /// Number of the run, from 1; nothing for the newest.
    #[serde(default)]
    pub run_index: Option<u32>,
    /// A folder of the project that is not there yet, or is empty; absolute, or below the project.
    pub to: String,
}

/// The result of a restore.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestoreInputsResponse {
    /// The folder.
    pub to: String,
    /// The files that were written, below it; a repository counts as one.
    pub written: Vec<String>,
    /// Inputs that could not be restored exactly, as texts; empty if all are restored.
    pub gaps: Vec<String>,
}

/// `POST /api/runs/diff`: two runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputsDiffRequest {
    /// The one.
    pub left: RunRef,
    /// The other.
    pub right: RunRef,
}

/// How the inputs of two runs differ, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputsDiff {
    /// The inputs that differ.
    pub parts: Vec<InputDiff>,
}

/// How one of them differs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputDiff {
    /// `config.yaml`, `train.py`, `git diff`, `packages`, or the path of a file that git does not know.
    pub name: String,
    /// Lines that are in only one of the two.
    pub hunks: Vec<Hunk>,
    /// Why there is no diff: it is not text, or was not stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<String>,
}
