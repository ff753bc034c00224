//! Streamed responses, which a blocking thread produces until the client disconnects.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use common::log::SearchMessage;
use engine::{ReadySearch, SearchClient};
use tokio::sync::mpsc;

use crate::api::stream_body;

/// Number of chunks that are buffered for a slow client.
const MAX_CHUNKS: usize = 16;

/// The sender of a streamed response.
pub(super) struct Client(mpsc::Sender<Result<Bytes, Infallible>>);

impl Client {
    /// Blocks until the chunk is buffered; false if the client has disconnected. Not for async code.
    pub(super) fn send(&self, bytes: impl Into<Bytes>) -> bool {
        self.0.blocking_send(Ok(bytes.into())).is_ok()
    }
}

impl SearchClient for Client {
    fn take(&mut self, message: SearchMessage) -> bool {
        match serde_json::to_vec(&message) {
            Ok(mut line) => {
                line.push(b'\n');
                self.send(line)
            }
            Err(error) => {
                tracing::error!(%error, "a match cannot be serialized as JSON");
                false
            }
        }
    }

    fn is_waiting(&self) -> bool {
        !self.0.is_closed()
    }
}

/// A response whose body `write` produces on the blocking thread pool.
pub(super) fn stream_response(write: impl FnOnce(&mut Client) + Send + 'static) -> Response {
    let (sender, receiver) = mpsc::channel(MAX_CHUNKS);
    tokio::task::spawn_blocking(move || write(&mut Client(sender)));
    Response::new(stream_body(receiver))
}

/// The results of a search as lines of JSON.
pub(super) fn search_response(search: ReadySearch) -> Response {
    let mut response = stream_response(move |client| {
        if let Err(error) = search(client) {
            tracing::warn!(%error, "a search was aborted");
        }
    });
    let content_type = HeaderValue::from_static("application/x-ndjson");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
