//! Server functions of Home.

use common::page::TaskPage;
use common::system::SystemMetrics;
use leptos::prelude::*;

use crate::AppError;
use crate::wire::Body;

/// Load of the machine that runs the tasks.
#[server(endpoint = "system_metrics", output = Body)]
pub async fn load_system_metrics() -> Result<SystemMetrics, AppError> {
    crate::context::with_engine(|engine| Ok(engine.system_metrics())).await
}

/// The running tasks, without large fields.
#[server(endpoint = "running_tasks", output = Body)]
pub async fn load_running_tasks(ws: Option<String>) -> Result<TaskPage, AppError> {
    use crate::context::{with_engine, workspace_selector};
    let status = common::TaskStatus::Running.as_str().to_owned();
    let query = common::page::TaskQuery { status, compact: true, ..Default::default() };
    with_engine(move |engine| engine.list_tasks(&workspace_selector(ws)?, &query)).await
}
