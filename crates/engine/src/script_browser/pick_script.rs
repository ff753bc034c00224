//! `POST /api/launcher/pick-script`: the desktop's own file picker.

use std::process::Command;

use common::launcher::OpenRequest;
use common::workspace::Workspace;

use crate::engine::{Engine, Pick};
use crate::workspace::native_file_picker;
use store::{Error, Result};

const UNAVAILABLE: &str =
    "Native file picker is unavailable on this server. Enter the path manually.";

impl Engine {
    /// Lets the user pick a script on the server's desktop and opens it. A picker that is closed
    /// without a choice leaves everything as it is.
    ///
    /// # Errors
    /// Where there is no display.
    pub fn pick_script(&self) -> Result<Workspace> {
        match self.pick_path(false)? {
            Some(script_path) => self.open_script(&OpenRequest { script_path, config_path: None }),
            None => self.workspace(&Pick::Current),
        }
    }

    /// Lets the user pick a path on the server's desktop; `None` when nothing was chosen.
    ///
    /// # Errors
    /// Where there is no display.
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
