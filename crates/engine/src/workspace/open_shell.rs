//! Opens the shell workspace of a project, `_pyruns_/_shell_`.

use std::fs;
use std::path::Path;

use common::WorkspaceName;
use common::workspace::Workspace as WorkspaceView;

use crate::engine::Engine;
use store::disk::create_folders;
use store::script_info::ScriptInfo;
use store::{Error, Result};

impl Engine {
    /// Switches to the project's shell workspace, and creates it if it does not exist.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn open_shell(&self) -> Result<WorkspaceView> {
        let pyruns_dir = self.current_pyruns_dir();
        self.open_shell_in(&pyruns_dir)
    }

    /// Switches to the shell workspace of the project in a folder.
    ///
    /// # Errors
    /// If the path is not a folder.
    pub fn open_shell_root(&self, path: &str) -> Result<WorkspaceView> {
        let dir = fs::canonicalize(path.trim())
            .ok()
            .filter(|dir| dir.is_dir())
            .ok_or_else(|| Error::invalid(format!("Not a folder: {path}")))?;
        // Accepts the folder of the shell workspace, of `_pyruns_`, or of the project.
        let pyruns_dir = dir
            .ancestors()
            .take(2)
            .find(|dir| dir.ends_with("_pyruns_"))
            .map_or_else(|| dir.join("_pyruns_"), Path::to_owned);
        self.open_shell_in(&pyruns_dir)
    }

    fn open_shell_in(&self, pyruns_dir: &Path) -> Result<WorkspaceView> {
        let root = pyruns_dir.join(WorkspaceName::SHELL);
        let tasks = root.join("tasks");
        create_folders(&tasks).map_err(Error::io("creating", &tasks))?;
        if !ScriptInfo::exists(&root) {
            ScriptInfo::of_shell().write(&root)?;
        }
        let workspace = self.open_root(&root)?;
        self.switch_to(workspace.clone());
        self.describe(&workspace)
    }
}
