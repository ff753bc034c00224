//! Opens a script: creates or updates its workspace.

use std::fs;
use std::path::{Path, PathBuf};

use common::argument::ScriptForm;
use common::launcher::{ConfigSource, OpenRequest};
use common::workspace::Workspace as WorkspaceView;

use crate::engine::Engine;
use script::argparse;
use store::disk::{create_folders, write_atomic};
use store::script_info::ScriptInfo;
use store::{Error, Result};

impl Engine {
    /// Opens `_pyruns_/<script stem>` beside a script and makes it the current workspace.
    ///
    /// An existing `config_default.yaml` is not overwritten; new arguments of the script are appended. The given config
    /// is used only if there is none.
    ///
    /// # Errors
    /// If the script is not an existing `.py` file, the config is missing, or a `pyruns.load()` script has no config.
    pub fn open_script(&self, request: &OpenRequest) -> Result<WorkspaceView> {
        let script = existing_script(&request.script_path)?;
        let form = argparse::read_script(&script).map_err(supervisor::script_error)?;
        let given = request.config_path.as_deref().filter(|path| !path.trim().is_empty());
        let given = given.map(read_config).transpose()?;
        let root = workspace_root(&script);
        let default = root.join("config_default.yaml");
        let existing = fs::read_to_string(&default).ok();
        let text = default_config(&form, existing.as_deref(), given.as_deref(), &script)?;
        let tasks = root.join("tasks");
        create_folders(&tasks).map_err(Error::io("creating", &tasks))?;
        if existing.as_deref() != Some(text.as_str()) {
            write_atomic(&default, text.as_bytes())?;
        }
        let known = ScriptInfo::read(&root);
        let fresh = ScriptInfo::of_script(&script);
        let moved = known.script_path != fresh.script_path;
        if moved || !ScriptInfo::exists(&root) {
            ScriptInfo { created_at: fresh.created_at, other: known.other, ..fresh }
                .write(&root)?;
        }
        let workspace = if moved { self.reopen_root(&root)? } else { self.open_root(&root)? };
        self.switch_to(workspace.clone());
        self.describe(&workspace)
    }
}

/// The workspace folder of a script: `_pyruns_/<stem>` beside it.
#[must_use]
pub fn workspace_root(script: &Path) -> PathBuf {
    let stem = script.file_stem().unwrap_or_default();
    script.parent().unwrap_or(Path::new("/")).join("_pyruns_").join(stem)
}

fn existing_script(path: &str) -> Result<PathBuf> {
    let path = path.trim();
    let script =
        fs::canonicalize(path).map_err(|_| Error::invalid(format!("Script not found: {path}")))?;
    if !script.is_file() || script.extension().is_none_or(|ext| ext != "py") {
        return Err(Error::invalid(format!("Not a Python script (.py): {path}")));
    }
    Ok(script)
}

fn read_config(path: &str) -> Result<String> {
    let text = fs::read_to_string(path)
        .map_err(|_| Error::invalid(format!("Config not found: {path}")))?;
    common::yaml::parse_mapping(&text)
        .map_err(|error| Error::invalid(format!("Config {path}: {error}")))?;
    Ok(text)
}

fn default_config(
    form: &ScriptForm,
    existing: Option<&str>,
    given: Option<&str>,
    script: &Path,
) -> Result<String> {
    match (existing, given, form.source) {
        (None, Some(given), _) => Ok(given.to_owned()),
        (Some(existing), _, ConfigSource::Argparse) => Ok(argparse::merge_defaults(existing, form)),
        (Some(existing), ..) => Ok(existing.to_owned()),
        (None, None, ConfigSource::Argparse) => Ok(argparse::default_yaml(form)),
        (None, None, ConfigSource::PyrunsLoad) => Err(Error::invalid(format!(
            "{} reads its parameters with pyruns.load(): choose a YAML config to start from.",
            script.file_name().unwrap_or_default().to_string_lossy()
        ))),
        (None, None, _) => Ok(String::new()),
    }
}
