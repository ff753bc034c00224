//! Reads the arguments of a workspace's script for the generator's form.

use std::path::Path;

use common::argument::ScriptForm;

use crate::engine::{Engine, WorkspaceSelector};
use script::argparse;
use store::Result;

impl Engine {
    /// The arguments and warnings of the workspace's script; empty for shell workspaces.
    ///
    /// # Errors
    /// If the script cannot be parsed as Python.
    pub fn script_form(&self, selector: &WorkspaceSelector) -> Result<ScriptForm> {
        let workspace = self.workspace_of(selector)?;
        let script = Path::new(&workspace.info().script_path);
        if workspace.info().script_path.is_empty() || !script.is_file() {
            return Ok(ScriptForm::default());
        }
        argparse::read_script(script).map_err(supervisor::script_error)
    }
}
