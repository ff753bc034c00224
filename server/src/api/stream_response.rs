//! Answers that are sent while they are being found, and stop being found when nobody reads them.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use common::log::SearchMessage;
use engine::{ReadySearch, SearchClient};
use tokio::sync::mpsc;

use crate::api::stream_body;

/// How many pieces may wait for a slow client.
const WAITING: usize = 16;

/// The client at the other end.
pub(super) struct Client(mpsc::Sender<Result<Bytes, Infallible>>);

impl Client {
    /// Waits until there is room; false when the client has left. Not for async code.
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
                tracing::error!(%error, "a match cannot be written as JSON");
                false
            }
        }
    }

    fn is_waiting(&self) -> bool {
        !self.0.is_closed()
    }
}

/// An answer whose body `write` produces, on a thread where it may block.
pub(super) fn stream_response(write: impl FnOnce(&mut Client) + Send + 'static) -> Response {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || write(&mut Client(sender)));
    Response::new(stream_body(receiver))
}

/// What a search finds: a JSON object a line.
pub(super) fn search_response(search: ReadySearch) -> Response {
    let mut response = stream_response(move |client| {
        if let Err(error) = search(client) {
            tracing::warn!(%error, "a search ends early");
        }
    });
    let content_type = HeaderValue::from_static("application/x-ndjson");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
