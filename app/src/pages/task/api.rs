//! Server functions for a single task.

use std::collections::BTreeMap;

use common::Task;
use common::log::{LogChunk, LogQuery};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{requested_name, with_engine, workspace_selector};
use crate::wire::Body;

/// The complete task.
#[server(endpoint = "get_task", output = Body)]
pub async fn get_task(ws: Option<String>, name: String) -> Result<Task, AppError> {
    with_engine(move |engine| engine.get_task(&workspace_selector(ws)?, &requested_name(&name)?))
        .await
}

/// The complete task with the values of its secret variables.
#[server(endpoint = "reveal_task", output = Body)]
pub async fn reveal_task(ws: Option<String>, name: String) -> Result<Task, AppError> {
    with_engine(move |engine| engine.reveal_task(&workspace_selector(ws)?, &requested_name(&name)?))
        .await
}

/// Queues the task, for the first time or again.
#[server(endpoint = "run_task", output = Body)]
pub async fn run_task(ws: Option<String>, name: String) -> Result<Task, AppError> {
    with_engine(move |engine| engine.run_task(&workspace_selector(ws)?, &requested_name(&name)?))
        .await
}

/// Cancels the task's run, or removes it from the queue.
#[server(endpoint = "cancel_task", output = Body)]
pub async fn cancel_task(ws: Option<String>, name: String) -> Result<Task, AppError> {
    with_engine(move |engine| engine.cancel_task(&workspace_selector(ws)?, &requested_name(&name)?))
        .await
}

/// Pins or unpins the task.
#[server(endpoint = "pin_task", output = Body)]
pub async fn pin_task(ws: Option<String>, name: String, pinned: bool) -> Result<Task, AppError> {
    let request = common::task::PinRequest { pinned: Some(pinned) };
    with_engine(move |engine| {
        engine.pin_task(&workspace_selector(ws)?, &requested_name(&name)?, &request)
    })
    .await
}

/// Renames the task.
#[server(endpoint = "rename_task", output = Body)]
pub async fn rename_task(
    ws: Option<String>,
    name: String,
    new_name: String,
) -> Result<Task, AppError> {
    let request = common::task::RenameRequest { new_name };
    with_engine(move |engine| {
        engine.rename_task(&workspace_selector(ws)?, &requested_name(&name)?, &request)
    })
    .await
}

/// Replaces the notes, if they still equal `expected_notes`.
#[server(endpoint = "set_notes", input = Body, output = Body)]
pub async fn set_notes(
    ws: Option<String>,
    name: String,
    notes: String,
    expected_notes: Option<String>,
) -> Result<Task, AppError> {
    let request = common::task::NotesRequest { notes, expected_notes };
    with_engine(move |engine| {
        engine.set_notes(&workspace_selector(ws)?, &requested_name(&name)?, &request)
    })
    .await
}

/// Replaces the environment, if it still equals `expected_env`.
#[server(endpoint = "set_env", input = Body, output = Body)]
pub async fn set_env(
    ws: Option<String>,
    name: String,
    env: BTreeMap<String, String>,
    expected_env: Option<BTreeMap<String, String>>,
    env_from: Option<Vec<String>>,
) -> Result<Task, AppError> {
    let request = common::task::EnvRequest { env, expected_env, env_from };
    with_engine(move |engine| {
        engine.set_env(&workspace_selector(ws)?, &requested_name(&name)?, &request)
    })
    .await
}

/// A section of one of the task's logs.
#[server(endpoint = "read_log", input = Body, output = Body)]
pub async fn read_log(
    ws: Option<String>,
    name: String,
    query: LogQuery,
) -> Result<LogChunk, AppError> {
    with_engine(move |engine| {
        engine.read_log(&workspace_selector(ws)?, &requested_name(&name)?, &query)
    })
    .await
}
