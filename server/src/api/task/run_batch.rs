//! `POST /api/tasks/batch/run`.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use common::task::{BatchRunRequest, TaskChanged};
use engine::Engine;

use crate::api::{Answer, answer, ask};
use crate::error::ApiFailure;
use crate::extract::{Body, Picked};

/// `POST /api/tasks/batch/run`: queues many tasks.
///
/// Without any body it is the run of the task called `batch`, if there is one.
pub(crate) async fn run_batch(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    request: BatchOrTask,
) -> Answer {
    let request = match request {
        BatchOrTask::Batch(request) => request,
        BatchOrTask::Task(missing_body) => {
            let (known, whose) = (engine.clone(), pick.clone());
            ask(known, move |engine| engine.get_task(&whose, "batch"))
                .await
                .or(Err(missing_body))?;
            let run = move |engine: &Engine| engine.run_task(&pick, "batch");
            return answer(engine, move |engine| run(engine).map(TaskChanged::from)).await;
        }
    };
    answer(engine, move |engine| engine.run_batch(&pick, &request)).await
}

/// What the address means: it is ambiguous when a task is called `batch`.
pub(crate) enum BatchOrTask {
    /// There is a body, so it is the batch route.
    Batch(BatchRunRequest),
    /// There is none; the refusal that this is where there is no such task.
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
