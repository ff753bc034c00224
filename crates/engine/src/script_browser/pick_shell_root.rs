//! Opens the desktop's file picker to select the folder of a shell workspace.

use common::workspace::Workspace;

use crate::engine::Engine;
use store::{Error, Result};

impl Engine {
    /// Lets the user pick a folder on the server's desktop and opens its shell workspace.
    ///
    /// # Errors
    /// If there is no display, nothing is selected, or the folder cannot be opened.
    pub fn pick_shell_root(&self) -> Result<Workspace> {
        let picked = self.pick_path(true)?;
        self.open_shell_root(&picked.ok_or_else(|| Error::invalid("No directory selected."))?)
    }
}
