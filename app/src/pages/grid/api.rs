//! Server functions of the grid.

use common::batches::{
    BatchList, ExtendBatchRequest, ExtendBatchResponse, RerunBatchRequest, RerunBatchResponse,
};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{requested_batch, with_engine, with_workspace, workspace_selector};
use crate::wire::Body;

/// The batches of the workspace, the newest first.
#[server(endpoint = "list_batches", output = Body)]
pub async fn list_batches(ws: Option<String>) -> Result<BatchList, AppError> {
    with_workspace(ws, |engine, workspace| engine.list_batches(workspace)).await
}

/// Queues the tasks of a batch that are not completed.
#[server(endpoint = "rerun_batch", input = Body, output = Body)]
pub async fn rerun_batch(
    ws: Option<String>,
    name: String,
    request: RerunBatchRequest,
) -> Result<RerunBatchResponse, AppError> {
    with_engine(move |engine| {
        engine.rerun_batch(&workspace_selector(ws)?, &requested_batch(&name)?, &request)
    })
    .await
}

/// Adds values to a parameter of a batch, or previews the result.
#[server(endpoint = "extend_batch", input = Body, output = Body)]
pub async fn extend_batch(
    ws: Option<String>,
    name: String,
    request: ExtendBatchRequest,
) -> Result<ExtendBatchResponse, AppError> {
    with_engine(move |engine| {
        engine.extend_batch(&workspace_selector(ws)?, &requested_batch(&name)?, &request)
    })
    .await
}
