//! Opens the desktop's file picker to select a script without opening it.

use std::path::Path;

use common::launcher::WorkspaceEntry;

use crate::engine::Engine;
use crate::workspace::workspace_root;
use store::script_info::script_stem;
use store::{Error, Result};

impl Engine {
    /// Lets the user pick a script on the server's desktop. Returns the path of its workspace, which may not exist.
    ///
    /// # Errors
    /// If there is no display or nothing is selected.
    pub fn pick_script_path(&self) -> Result<WorkspaceEntry> {
        let picked = self.pick_path(false)?;
        let script_path = picked.ok_or_else(|| Error::invalid("No script selected."))?;
        let path = Path::new(&script_path);
        let root = workspace_root(path);
        Ok(WorkspaceEntry {
            workspace_path: root.to_string_lossy().into_owned(),
            script_name: script_stem(path),
            config_path: String::new(),
            config_name: String::new(),
            exists: root.is_dir(),
            script_path,
        })
    }
}
