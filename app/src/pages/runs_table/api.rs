//! Server functions of the runs table.

use common::runs::{ColumnList, RunsPage, RunsQuery, RunsView, ViewList};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{with_engine, with_workspace, workspace_selector};
use crate::wire::Body;

/// A page of the table.
#[server(endpoint = "list_runs", input = Body, output = Body)]
pub async fn list_runs(ws: Option<String>, query: RunsQuery) -> Result<RunsPage, AppError> {
    with_workspace(ws, move |engine, workspace| engine.runs(workspace, &query)).await
}

/// All columns with values in the rows of a query.
#[server(endpoint = "list_run_columns", input = Body, output = Body)]
pub async fn list_run_columns(
    ws: Option<String>,
    query: RunsQuery,
) -> Result<ColumnList, AppError> {
    with_workspace(ws, move |engine, workspace| engine.runs_columns(workspace, &query)).await
}

/// The saved views.
#[server(endpoint = "list_views", output = Body)]
pub async fn list_views(ws: Option<String>) -> Result<ViewList, AppError> {
    with_workspace(ws, |engine, workspace| engine.list_views(workspace)).await
}

/// Saves a view under its name.
#[server(endpoint = "save_view", input = Body, output = Body)]
pub async fn save_view(ws: Option<String>, view: RunsView) -> Result<ViewList, AppError> {
    with_engine(move |engine| engine.save_view(&workspace_selector(ws)?, &view)).await
}

/// Deletes a saved view.
#[server(endpoint = "delete_view", output = Body)]
pub async fn delete_view(ws: Option<String>, name: String) -> Result<ViewList, AppError> {
    with_engine(move |engine| engine.delete_view(&workspace_selector(ws)?, &name)).await
}
