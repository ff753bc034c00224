//! Server functions of the Manager.

use common::page::{TaskPage, TaskQuery};
use common::task::{BatchDeleteResponse, BatchRunResponse};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{with_engine, with_workspace, workspace_selector};
use crate::wire::Body;

/// One page of tasks, of the size in the project's settings; sets `query.offset` and `limit`.
#[server(endpoint = "list_page", input = Body, output = Body)]
pub async fn list_page(
    ws: Option<String>,
    query: TaskQuery,
    page: u64,
) -> Result<TaskPage, AppError> {
    with_workspace(ws, move |engine, workspace| {
        let size = engine.workspace(workspace)?.settings.ui_page_size;
        engine.list_tasks(workspace, &super::view::on_page(query, page, size))
    })
    .await
}

/// The first `limit` matching tasks, in the default order.
#[server(endpoint = "list_tasks", input = Body, output = Body)]
pub async fn list_tasks(ws: Option<String>, query: TaskQuery) -> Result<TaskPage, AppError> {
    with_workspace(ws, move |engine, workspace| engine.list_tasks(workspace, &query)).await
}

/// Queues tasks.
#[server(endpoint = "run_tasks", input = Body, output = Body)]
pub async fn run_tasks(
    ws: Option<String>,
    task_names: Vec<String>,
) -> Result<BatchRunResponse, AppError> {
    let request = common::task::BatchRunRequest { task_names, max_workers: None, fail_fast: false };
    with_engine(move |engine| engine.run_batch(&workspace_selector(ws)?, &request)).await
}

/// Moves tasks into the trash.
#[server(endpoint = "delete_tasks", input = Body, output = Body)]
pub async fn delete_tasks(
    ws: Option<String>,
    task_names: Vec<String>,
) -> Result<BatchDeleteResponse, AppError> {
    let request = common::task::TaskNamesRequest { task_names };
    with_engine(move |engine| engine.delete_batch(&workspace_selector(ws)?, &request)).await
}

/// Sets how many tasks of the project may run at once.
#[server(endpoint = "set_max_workers", output = Body)]
pub async fn set_max_workers(ws: Option<String>, count: u32) -> Result<(), AppError> {
    let patch = serde_json::Map::from_iter([("manager_max_workers".to_owned(), count.into())]);
    with_engine(move |engine| engine.update_settings(&workspace_selector(ws)?, &patch).map(drop))
        .await
}
