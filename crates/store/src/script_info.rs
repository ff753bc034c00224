//! `script_info.json`: the script or shell that a workspace runs.

use std::fs;
use std::path::Path;

use common::workspace::WorkspaceKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::disk::write_atomic;
use crate::{Result, clock};

/// The file's content; unknown keys are preserved.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScriptInfo {
    /// Whether the workspace runs a Python script or shell commands.
    pub workspace_kind: WorkspaceKind,
    /// Stem of the script's file name (`train` for `train.py`), or `_shell_`.
    pub script_name: String,
    /// Absolute path, empty for shell.
    pub script_path: String,
    /// Time of creation, local, as `2026-11-23_11-16-57`.
    pub created_at: String,
    /// Keys that this version does not know, written back unchanged.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

const FILE_NAME: &str = "script_info.json";

impl ScriptInfo {
    /// The content for the workspace of a script.
    #[must_use]
    pub fn of_script(script: &Path) -> Self {
        Self {
            workspace_kind: WorkspaceKind::Script,
            script_name: script_stem(script),
            script_path: script.to_string_lossy().into_owned(),
            created_at: clock::local_stamp(),
            other: Map::new(),
        }
    }

    /// The content for the shell workspace.
    #[must_use]
    pub fn of_shell() -> Self {
        Self {
            workspace_kind: WorkspaceKind::Shell,
            script_name: common::WorkspaceName::SHELL.to_owned(),
            created_at: clock::local_stamp(),
            ..Self::default()
        }
    }

    /// Reads a workspace's file; where it is missing or invalid, the content is derived from the
    /// folder's name.
    pub fn read(root: &Path) -> Self {
        let text = fs::read_to_string(root.join(FILE_NAME)).unwrap_or_default();
        let read = serde_json::from_str(&text).map(Self::with_stem);
        read.unwrap_or_else(|_| {
            if root.ends_with(common::WorkspaceName::SHELL) {
                return Self::of_shell();
            }
            let stem = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let script = root.join("../..").join(format!("{stem}.py"));
            let script_path = fs::canonicalize(script).unwrap_or_default();
            Self {
                script_name: stem,
                script_path: script_path.to_string_lossy().into_owned(),
                ..Self::default()
            }
        })
    }

    /// Older versions wrote the file name (`train.py`) instead of the stem.
    fn with_stem(mut self) -> Self {
        let is_file_name = self.workspace_kind == WorkspaceKind::Script
            && (self.script_path.is_empty() || self.script_path.ends_with(&self.script_name));
        if is_file_name && let Some(stem) = self.script_name.strip_suffix(".py") {
            self.script_name = stem.to_owned();
        }
        self
    }

    /// Whether a folder has the file.
    #[must_use]
    pub fn exists(root: &Path) -> bool {
        root.join(FILE_NAME).is_file()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The I/O error.
    pub fn write(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomic(&root.join(FILE_NAME), text.as_bytes())
    }
}

/// The stem of a script, as in `script_name`, here and in the API: the file name without `.py`.
#[must_use]
pub fn script_stem(script: &Path) -> String {
    script.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("train");
        fs::create_dir(&root).unwrap();
        if !text.is_empty() {
            fs::write(root.join(FILE_NAME), text).unwrap();
        }
        ScriptInfo::read(&root).script_name
    }

    #[test]
    fn the_name_of_a_script_is_its_stem_in_files_of_every_version() {
        assert_eq!(ScriptInfo::of_script(Path::new("/a/main.py")).script_name, "main");
        assert_eq!(read(r#"{"script_name": "train", "script_path": "/a/train.py"}"#), "train");
        assert_eq!(read(r#"{"script_name": "train.py", "script_path": "/a/train.py"}"#), "train");
        assert_eq!(read(r#"{"script_name": "train.py"}"#), "train");
        // A script whose stem ends with `.py` keeps it.
        assert_eq!(read(r#"{"script_name": "a.py", "script_path": "/a/a.py.py"}"#), "a.py");
        assert_eq!(read(r#"{"workspace_kind": "shell", "script_name": "_shell_"}"#), "_shell_");
        assert_eq!(read(""), "train");
    }
}
