//! Calls of the engine from handlers, and responses with their results.

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

/// The result of a handler.
pub(crate) type HandlerResult = Result<Response, ApiFailure>;

/// Calls the engine on the blocking thread pool, because it may access the disk.
pub(crate) async fn call_engine<T: Send + 'static>(
    engine: Engine,
    command: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> Result<T, ApiFailure> {
    match tokio::task::spawn_blocking(move || command(&engine)).await {
        Ok(result) => result.map_err(ApiFailure::from),
        Err(error) => {
            Err(ApiError::Internal(format!("running a request in the engine: {error}")).into())
        }
    }
}

/// Calls the engine and responds with its result as JSON.
pub(crate) async fn respond<T: Serialize>(
    engine: Engine,
    command: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> HandlerResult {
    Ok(json_response(call_engine_to_json(engine, command).await?))
}

/// Calls the engine and serializes its result, also on the blocking thread pool, because a page of ten thousand tasks
/// would delay other requests.
pub(crate) async fn call_engine_to_json<T: Serialize>(
    engine: Engine,
    command: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
) -> Result<Vec<u8>, ApiFailure> {
    let json = call_engine(engine, move |engine| Ok(serde_json::to_vec(&command(engine)?))).await?;
    json.map_err(|error| {
        ApiError::Internal(format!("serializing the response as JSON: {error}")).into()
    })
}

/// A body that is streamed from a channel until the senders are dropped or one sends an error.
pub(crate) fn stream_body<E>(receiver: mpsc::Receiver<Result<Bytes, E>>) -> Body
where
    E: Into<axum::BoxError> + Send + 'static,
{
    let chunks = unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    // The compression layer polls the stream again after its end.
    Body::from_stream(chunks.fuse())
}

/// A response with serialized JSON.
pub(crate) fn json_response(json: impl Into<Body>) -> Response {
    let mut response = Response::new(json.into());
    let content_type = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
