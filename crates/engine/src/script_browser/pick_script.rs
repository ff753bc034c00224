//! Opens the desktop's file picker to select a path or a script.

use std::process::Command;

use common::launcher::OpenRequest;
use common::workspace::Workspace;

use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::native_file_picker;
use store::{Error, Result};

const UNAVAILABLE: &str =
    "Native file picker is unavailable on this server. Enter the path manually.";

impl Engine {
    /// Lets the user pick a script on the server's desktop and opens it. Nothing changes if the picker is closed
    /// without a selection.
    ///
    /// # Errors
    /// If there is no display.
    pub fn pick_script(&self) -> Result<Workspace> {
        match self.pick_path(false)? {
            Some(script_path) => self.open_script(&OpenRequest { script_path, config_path: None }),
            None => self.workspace(&WorkspaceSelector::Current),
        }
    }

    /// Lets the user pick a path on the server's desktop; `None` if nothing was selected.
    ///
    /// # Errors
    /// If there is no display.
    pub fn pick_path(&self, folder: bool) -> Result<Option<String>> {
        if !native_file_picker() {
            return Err(Error::invalid(UNAVAILABLE));
        }
        let mut command = Command::new("zenity");
        command.args(["--file-selection", "--title=Pyruns"]).current_dir(self.start_dir());
        command.arg(if folder { "--directory" } else { "--file-filter=Python | *.py" });
        let output = command.output().map_err(|_| Error::invalid(UNAVAILABLE))?;
        let path = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        Ok(Some(path).filter(|path| output.status.success() && !path.is_empty()))
    }
}
