//! Requests and responses for finding scripts, configs and workspaces.

use serde::{Deserialize, Serialize};

/// `GET /api/launcher/scripts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScriptList {
    /// Scripts that were opened or found in the project.
    pub items: Vec<ScriptEntry>,
}

/// A script that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScriptEntry {
    /// Absolute path.
    pub script_path: String,
    /// Stem of the file name: `train` for `train.py`.
    pub script_name: String,
    /// The label: the path below the project.
    pub label: String,
    /// The folder of its workspace, existing or not.
    pub workspace_path: String,
    /// `workspace` (opened before) or `project` (found in the folder).
    pub source: String,
}

/// Where a script's parameters come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConfigSource {
    /// It builds an `argparse` parser.
    Argparse,
    /// It calls `pyruns.load()`.
    PyrunsLoad,
    /// It is a Hydra application.
    Hydra,
    /// None of these.
    #[default]
    Unknown,
}

/// `GET /api/launcher/configs?script=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigList {
    /// YAML files in the folder of the script.
    pub items: Vec<ConfigEntry>,
    /// Where the script's parameters come from.
    pub config_source: ConfigSource,
    /// Whether the script needs one of them to be opened.
    pub requires_config_template: bool,
}

/// A config that a script can be opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigEntry {
    /// Absolute path.
    pub path: String,
    /// Path below the script's folder.
    pub label: String,
    /// `yaml` or `json`.
    pub kind: String,
}

/// `GET /api/launcher/workspaces`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceList {
    /// Workspaces of the project, latest first.
    pub items: Vec<WorkspaceEntry>,
}

/// A workspace that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceEntry {
    /// Absolute path of `_pyruns_/<name>`.
    pub workspace_path: String,
    /// Absolute path of its script, empty for shell.
    pub script_path: String,
    /// Stem of the script's file name (`train` for `train.py`), or `_shell_`.
    pub script_name: String,
    /// Absolute path of its `config_default.yaml`, or empty.
    pub config_path: String,
    /// That file's name, or empty.
    pub config_name: String,
    /// Whether the script is still there.
    pub exists: bool,
}

impl WorkspaceEntry {
    /// The script's file name (`train.py`); `script_name` if there is no script.
    #[must_use]
    pub fn script_file(&self) -> &str {
        crate::workspace::file_name(&self.script_path).unwrap_or(&self.script_name)
    }
}

/// `POST /api/launcher/open`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenRequest {
    /// An existing `.py` file.
    pub script_path: String,
    /// A YAML file to take the defaults from.
    #[serde(default)]
    pub config_path: Option<String>,
}

/// `GET /api/launcher/validate-path?kind=python|shell|config&path=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PathCheck {
    /// Whether it can be used as that kind.
    pub ok: bool,
    /// The kind asked for.
    pub kind: String,
    /// Absolute path.
    pub normalized_path: String,
    /// `file`, `directory` or `missing`.
    pub path_type: String,
    /// Why not, or empty.
    pub message: String,
}

/// Completions of a path that is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PathCompletions {
    /// Scripts, then folders with a trailing slash; each starts with the typed text.
    pub items: Vec<String>,
    /// Whether there are more than are listed.
    pub has_more: bool,
}
