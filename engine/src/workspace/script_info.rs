//! `script_info.json`: what a workspace runs.

use std::fs;
use std::path::Path;

use common::workspace::WorkspaceKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::disk::write_atomic;
use crate::{Result, clock};

/// The file's content; unknown keys are kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ScriptInfo {
    pub(crate) workspace_kind: WorkspaceKind,
    /// File name of the script, or `_shell_`.
    pub(crate) script_name: String,
    /// Absolute path, empty for shell.
    pub(crate) script_path: String,
    pub(crate) created_at: String,
    #[serde(flatten)]
    pub(crate) other: Map<String, Value>,
}

const FILE_NAME: &str = "script_info.json";

impl ScriptInfo {
    /// What a script's workspace says about itself.
    pub(crate) fn of_script(script: &Path) -> Self {
        let script_name = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            workspace_kind: WorkspaceKind::Script,
            script_name,
            script_path: script.to_string_lossy().into_owned(),
            created_at: clock::local_stamp(),
            other: Map::new(),
        }
    }

    /// What the shell workspace says about itself.
    pub(crate) fn of_shell() -> Self {
        Self {
            workspace_kind: WorkspaceKind::Shell,
            script_name: common::WorkspaceName::SHELL.to_owned(),
            created_at: clock::local_stamp(),
            ..Self::default()
        }
    }

    /// Reads a workspace's file; where it is missing or nonsense, what the folder's name tells.
    pub(crate) fn read(root: &Path) -> Self {
        let text = fs::read_to_string(root.join(FILE_NAME)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_else(|_| {
            if root.ends_with(common::WorkspaceName::SHELL) {
                return Self::of_shell();
            }
            let stem = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let script = root.join("../..").join(format!("{stem}.py"));
            let script_path = fs::canonicalize(script).unwrap_or_default();
            Self {
                script_name: format!("{stem}.py"),
                script_path: script_path.to_string_lossy().into_owned(),
                ..Self::default()
            }
        })
    }

    /// Whether a folder has the file.
    pub(crate) fn exists(root: &Path) -> bool {
        root.join(FILE_NAME).is_file()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the system said.
    pub(crate) fn write(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomic(&root.join(FILE_NAME), text.as_bytes())
    }
}
