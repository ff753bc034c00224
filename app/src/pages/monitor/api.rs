//! Server functions of the Monitor.

use common::log::{InputTaken, LogWindow, WindowQuery};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{requested_name, with_engine, workspace_selector};
use crate::wire::Body;

/// Lines of one of the task's logs.
#[server(endpoint = "read_window", input = Body, output = Body)]
pub async fn read_window(
    ws: Option<String>,
    name: String,
    query: WindowQuery,
) -> Result<LogWindow, AppError> {
    with_engine(move |engine| {
        engine.log_window(&workspace_selector(ws)?, &requested_name(&name)?, &query)
    })
    .await
}

/// Sends input to the terminal of the task's run.
#[server(endpoint = "send_input", input = Body, output = Body)]
pub async fn send_input(
    ws: Option<String>,
    name: String,
    text: String,
) -> Result<InputTaken, AppError> {
    with_engine(move |engine| {
        engine.send_input(&workspace_selector(ws)?, &requested_name(&name)?, &text)
    })
    .await
}
