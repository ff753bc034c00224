//! Server functions of the launcher, one engine method each.

use common::launcher::{
    ConfigList, ConfigSource, OpenRequest, PathCheck, PathCompletions, ScriptList, WorkspaceList,
};
use common::workspace::Workspace;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::with_engine;
use crate::wire::Body;

/// Scripts opened before or found in the project.
#[server(endpoint = "launcher_scripts", output = Body)]
pub async fn load_scripts() -> Result<ScriptList, AppError> {
    with_engine(engine::Engine::list_scripts).await
}

/// The kind of configuration of each script; unknown if it cannot be parsed.
#[server(endpoint = "launcher_kinds", input = Body, output = Body)]
pub async fn load_kinds(scripts: Vec<String>) -> Result<Vec<ConfigSource>, AppError> {
    with_engine(move |engine| {
        let kind = |script| engine.list_configs(script).map(|list| list.config_source);
        Ok(scripts.iter().map(|script| kind(script).unwrap_or_default()).collect())
    })
    .await
}

/// Config files beside a script.
#[server(endpoint = "launcher_configs", output = Body)]
pub async fn load_configs(script: String) -> Result<ConfigList, AppError> {
    with_engine(move |engine| engine.list_configs(&script)).await
}

/// Workspaces of the project, the most recent first.
#[server(endpoint = "launcher_workspaces", output = Body)]
pub async fn load_workspaces() -> Result<WorkspaceList, AppError> {
    with_engine(engine::Engine::list_workspaces).await
}

/// Whether a path is a Python script.
#[server(endpoint = "launcher_check_path", output = Body)]
pub async fn check_script_path(path: String) -> Result<PathCheck, AppError> {
    with_engine(move |engine| engine.validate_path("python", &path)).await
}

/// Completions of a path.
#[server(endpoint = "launcher_complete_path", output = Body)]
pub async fn complete_path(path: String) -> Result<PathCompletions, AppError> {
    with_engine(move |engine| engine.complete_path(&path)).await
}

/// Opens a script's workspace and makes it the current one.
#[server(endpoint = "launcher_open", input = Body, output = Body)]
pub async fn open_script(request: OpenRequest) -> Result<Workspace, AppError> {
    with_engine(move |engine| engine.open_script(&request)).await
}

/// Opens an existing workspace folder.
#[server(endpoint = "launcher_open_folder", output = Body)]
pub async fn open_folder(path: String) -> Result<Workspace, AppError> {
    with_engine(move |engine| engine.open_run_root(&path)).await
}

/// Opens the shell workspace.
#[server(endpoint = "launcher_open_shell", output = Body)]
pub async fn open_shell() -> Result<Workspace, AppError> {
    with_engine(engine::Engine::open_shell).await
}

/// Shows the desktop's file picker and opens the chosen script.
#[server(endpoint = "launcher_pick", output = Body)]
pub async fn pick_script() -> Result<Workspace, AppError> {
    with_engine(engine::Engine::pick_script).await
}
