//! Server functions of the Generator, one engine method each.

use common::argument::ScriptForm;
use common::generator::{CreateRequest, Created, Fingerprints};
use common::workspace::{FoundTemplates, Template, TemplateContent, Workspace};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{with_engine, workspace_selector};
use crate::wire::Body;

/// The workspace that tasks are created in, without its templates.
#[server(endpoint = "workspace", output = Body)]
pub async fn load_workspace(ws: Option<String>) -> Result<Workspace, AppError> {
    let workspace = with_engine(move |engine| engine.workspace(&workspace_selector(ws)?)).await?;
    Ok(Workspace { templates: Vec::new(), ..workspace })
}

/// The templates of a new batch: the newest tasks that match a text, and the defaults.
#[server(endpoint = "templates", output = Body)]
pub async fn load_templates(ws: Option<String>, text: String) -> Result<FoundTemplates, AppError> {
    with_engine(move |engine| engine.find_templates(&workspace_selector(ws)?, &text)).await
}

/// The text of a template.
#[server(endpoint = "template_content", output = Body)]
pub async fn load_template(ws: Option<String>, value: String) -> Result<TemplateContent, AppError> {
    with_engine(move |engine| engine.template_content(&workspace_selector(ws)?, &value)).await
}

/// The arguments of the workspace's script.
#[server(endpoint = "script_form", output = Body)]
pub async fn load_script_form(ws: Option<String>) -> Result<ScriptForm, AppError> {
    with_engine(move |engine| engine.script_form(&workspace_selector(ws)?)).await
}

/// YAML files beside the script.
#[server(endpoint = "template_configs", output = Body)]
pub async fn load_configs(ws: Option<String>) -> Result<Vec<Template>, AppError> {
    with_engine(move |engine| engine.config_templates(&workspace_selector(ws)?)).await
}

/// The fingerprints of the parameters of existing tasks.
#[server(endpoint = "fingerprints", output = Body)]
pub async fn load_fingerprints(ws: Option<String>) -> Result<Fingerprints, AppError> {
    with_engine(move |engine| engine.fingerprints(&workspace_selector(ws)?)).await
}

/// Creates all tasks of a batch or none; with `run`, also queues them, in order.
#[server(endpoint = "create_batch", input = Body, output = Body)]
pub async fn create_batch(
    ws: Option<String>,
    request: CreateRequest,
    run: bool,
) -> Result<Created, AppError> {
    with_engine(move |engine| engine.create_batch(&workspace_selector(ws)?, &request, run)).await
}

/// Sets which parameters are listed first.
#[server(endpoint = "pin_params", input = Body, output = Body)]
pub async fn pin_params(ws: Option<String>, keys: Vec<String>) -> Result<(), AppError> {
    let patch = serde_json::Map::from_iter([("pinned_params".to_owned(), keys.into())]);
    with_engine(move |engine| engine.update_settings(&workspace_selector(ws)?, &patch).map(drop))
        .await
}
