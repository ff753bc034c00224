//! Switches to an existing workspace folder.

use std::path::Path;

use common::workspace::Workspace as WorkspaceView;

use super::is_workspace;
use crate::engine::Engine;
use store::{Error, Result};

impl Engine {
    /// Makes an existing workspace folder the current one.
    ///
    /// # Errors
    /// If the folder has none of `tasks/`, `config_default.yaml`, `script_info.json`.
    pub fn open_run_root(&self, path: &str) -> Result<WorkspaceView> {
        let asked = Path::new(path.trim());
        let root = std::fs::canonicalize(asked)
            .ok()
            .filter(|root| asked.is_absolute() && root.is_dir() && is_workspace(root))
            .ok_or_else(|| {
                Error::invalid(format!(
                    "Not a workspace: {path} has none of tasks/, config_default.yaml, script_info.json."
                ))
            })?;
        let workspace = self.open_root(&root)?;
        self.switch_to(workspace.clone());
        self.describe(&workspace)
    }
}
