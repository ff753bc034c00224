//! Server functions of the Generator, one engine method each.

use common::argument::ScriptForm;
use common::generator::CreateRequest;
use common::workspace::{Template, TemplateContent};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{pick, with_engine};
use crate::wire::Body;

/// What a new batch may start from.
#[server(endpoint = "templates", output = Body)]
pub async fn load_templates(ws: Option<String>) -> Result<Vec<Template>, AppError> {
    with_engine(move |engine| engine.templates(&pick(ws))).await.map(|list| list.items)
}

/// One template's text.
#[server(endpoint = "template_content", output = Body)]
pub async fn load_template(ws: Option<String>, value: String) -> Result<TemplateContent, AppError> {
    with_engine(move |engine| engine.template_content(&pick(ws), &value)).await
}

/// The arguments of the workspace's script.
#[server(endpoint = "script_form", output = Body)]
pub async fn load_script_form(ws: Option<String>) -> Result<ScriptForm, AppError> {
    with_engine(move |engine| engine.script_form(&pick(ws))).await
}

/// Creates all tasks of a batch or none; answers their names.
#[server(endpoint = "create_batch", input = Body, output = Body)]
pub async fn create_batch(
    ws: Option<String>,
    request: CreateRequest,
) -> Result<Vec<String>, AppError> {
    let made = with_engine(move |engine| engine.create(&pick(ws), &request)).await?;
    Ok(made.items.into_iter().map(|task| task.name).collect())
}

/// Puts the tasks of a new batch into the queue, in order.
#[server(endpoint = "run_created", input = Body, output = Body)]
pub async fn run_created(ws: Option<String>, task_names: Vec<String>) -> Result<u64, AppError> {
    let request = common::task::BatchRunRequest { task_names, max_workers: None, fail_fast: false };
    let queued = with_engine(move |engine| engine.run_batch(&pick(ws), &request)).await?;
    Ok(queued.count)
}
