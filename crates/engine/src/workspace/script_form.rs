//! What the workspace's script accepts, for the Generator's form.

use std::path::Path;

use common::argument::ScriptForm;

use crate::engine::{Engine, Pick};
use script::argparse;
use store::Result;

impl Engine {
    /// Arguments and warnings of the workspace's script; empty for shell.
    ///
    /// # Errors
    /// When the script cannot be read as Python.
    pub fn script_form(&self, pick: &Pick) -> Result<ScriptForm> {
        let workspace = self.pick(pick)?;
        let script = Path::new(&workspace.info().script_path);
        if workspace.info().script_path.is_empty() || !script.is_file() {
            return Ok(ScriptForm::default());
        }
        argparse::read_script(script).map_err(supervisor::script_error)
    }
}
