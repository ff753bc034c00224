//! Calling the engine from a handler.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use common::ApiError;
use engine::Engine;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::error::ApiFailure;

/// What a handler returns.
pub(crate) type Answer = Result<Response, ApiFailure>;

/// Calls the engine where it may block on the disk.
pub(crate) async fn ask<T: Send + 'static>(
    engine: Engine,
    question: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> Result<T, ApiFailure> {
    match tokio::task::spawn_blocking(move || question(&engine)).await {
        Ok(answer) => answer.map_err(ApiFailure::from),
        Err(error) => Err(ApiError::Internal(format!("asking the engine: {error}")).into()),
    }
}

/// Calls the engine and answers with its answer as JSON, which is written there too: a page of
/// ten thousand tasks must not hold up other requests.
pub(crate) async fn answer<T: Serialize>(
    engine: Engine,
    question: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> Answer {
    Ok(json_answer(written(engine, question).await?))
}

/// The engine's answer as JSON.
pub(crate) async fn written<T: Serialize>(
    engine: Engine,
    question: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> Result<Vec<u8>, ApiFailure> {
    let written = ask(engine, move |engine| Ok(serde_json::to_vec(&question(engine)?))).await?;
    written
        .map_err(|error| ApiError::Internal(format!("writing the answer as JSON: {error}")).into())
}

/// A body that is written piece by piece, until the senders are gone or one tells an error.
pub(crate) fn streamed_body<E>(receiver: mpsc::Receiver<Result<Bytes, E>>) -> Body
where
    E: Into<axum::BoxError> + Send + 'static,
{
    let pieces = unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    // Compression asks once more after the end.
    Body::from_stream(pieces.fuse())
}

/// An answer that is written already.
pub(crate) fn json_answer(json: impl Into<Body>) -> Response {
    let mut response = Response::new(json.into());
    let content_type = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
