//! Handlers of `/api/launcher`: finding and opening scripts and workspaces.

use axum::extract::State;
use common::launcher::OpenRequest;
use common::workspace::PathRequest;
use engine::Engine;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{HandlerResult, respond};
use crate::extract::{Body, Query};

/// `GET /api/launcher/scripts`: lists scripts.
pub(crate) async fn scripts(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, move |engine| engine.list_scripts()).await
}

/// Which script's configs.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ConfigsQuery {
    /// Path of the script.
    script: String,
}

/// `GET /api/launcher/configs?script=`: lists the configs beside a script.
pub(crate) async fn configs(
    State(engine): State<Engine>,
    Query(query): Query<ConfigsQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.list_configs(&query.script)).await
}

/// `GET /api/launcher/workspaces`: lists the workspaces of the project.
pub(crate) async fn workspaces(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, move |engine| engine.list_workspaces()).await
}

/// `POST /api/launcher/open`: opens a script.
pub(crate) async fn open(
    State(engine): State<Engine>,
    Body(request): Body<OpenRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.open_script(&request)).await
}

/// `POST /api/launcher/pick-script`: selects a script in the desktop's file picker and opens it.
pub(crate) async fn pick_script(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, Engine::pick_script).await
}

/// `POST /api/launcher/pick-script-path`: selects a script without opening it.
pub(crate) async fn pick_script_path(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, Engine::pick_script_path).await
}

/// `POST /api/launcher/pick-shell-root`: selects a folder and opens its shell workspace.
pub(crate) async fn pick_shell_root(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, Engine::pick_shell_root).await
}

/// `POST /api/launcher/open-shell-root`: opens the shell workspace of another folder.
pub(crate) async fn open_shell_root(
    State(engine): State<Engine>,
    Body(request): Body<PathRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.open_shell_root(&request.path)).await
}

/// Which path, as what.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PathQuery {
    /// The intended use: `python`, `shell` or `config`.
    kind: String,
    /// The path.
    #[serde(default)]
    path: String,
}

/// `GET /api/launcher/validate-path?kind=python|shell|config&path=`: checks a path.
pub(crate) async fn validate_path(
    State(engine): State<Engine>,
    Query(query): Query<PathQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.validate_path(&query.kind, &query.path)).await
}
