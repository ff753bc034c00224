//! Handlers of commands on several tasks.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use common::Task;
use common::task::{BatchRunRequest, ReorderRequest, TaskChanged, TaskNamesRequest};
use engine::{Engine, requested_name};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{HandlerResult, call_engine, respond};
use crate::error::ApiFailure;
use crate::extract::{Body, SelectedWorkspace};

/// `POST /api/tasks/batch/run`: queues many tasks.
///
/// Without a body, it queues the task called `batch`, if there is one.
pub(crate) async fn run_batch(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    request: BatchOrTask,
) -> HandlerResult {
    let request = match request {
        BatchOrTask::Batch(request) => request,
        BatchOrTask::Task(missing_body) => {
            let (task_engine, task_selector) = (engine.clone(), selector.clone());
            call_engine(task_engine, move |engine| {
                engine.get_task(&task_selector, &requested_name("batch")?)
            })
            .await
            .or(Err(missing_body))?;
            let run = move |engine: &Engine| engine.run_task(&selector, &requested_name("batch")?);
            return respond(engine, move |engine| run(engine).map(TaskChanged::from)).await;
        }
    };
    respond(engine, move |engine| engine.run_batch(&selector, &request)).await
}

/// The meaning of the URL, which is ambiguous if a task is called `batch`.
pub(crate) enum BatchOrTask {
    /// With a body: the batch route.
    Batch(BatchRunRequest),
    /// Without a body: the task; with the error if that task does not exist.
    Task(ApiFailure),
}

impl<S: Send + Sync> FromRequest<S> for BatchOrTask {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiFailure> {
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::new(body), state).await.unwrap_or_default();
        let is_empty = bytes.is_empty();
        let body = Body::from_request(Request::from_parts(parts, bytes.into()), state).await;
        match body {
            Ok(Body(request)) => Ok(Self::Batch(request)),
            Err(failure) if is_empty => Ok(Self::Task(failure)),
            Err(failure) => Err(failure),
        }
    }
}

/// `POST /api/tasks/batch/delete`: moves tasks to the trash.
pub(crate) async fn delete_batch(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<TaskNamesRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.delete_batch(&selector, &request)).await
}

/// The new order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reordered {
    /// How many tasks were ordered.
    count: usize,
    /// Those tasks.
    items: Vec<Task>,
}

/// `POST /api/tasks/reorder`: sets the manual order.
pub(crate) async fn reorder(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<ReorderRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        let items = engine.reorder_tasks(&selector, &request)?;
        Ok(Reordered { count: items.len(), items })
    })
    .await
}

/// `POST /api/tasks/export/csv`: one row per run.
pub(crate) async fn export_csv(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<TaskNamesRequest>,
) -> HandlerResult {
    let csv = call_engine(engine, move |engine| engine.export_csv(&selector, &request)).await?;
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response())
}
