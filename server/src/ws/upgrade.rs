//! Becoming a WebSocket, or a refusal in the usual shape.

use std::future::Future;
use std::sync::Arc;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use common::ApiError;
use tokio::sync::OwnedSemaphorePermit;

use crate::error::ApiFailure;
use crate::state::SocketPlaces;

/// The most bytes of a message that a client may send; none of ours has to send any.
const MAX_INCOMING_BYTES: usize = 64 << 10;
/// What an open socket keeps ready for reading and for writing. Most are idle, and nothing large comes in.
const BUFFER_BYTES: usize = 4 << 10;

/// A request that can become a WebSocket.
pub(crate) struct Upgrade(pub(crate) Place);

/// The socket that it becomes, and its place among those that may be open.
pub(crate) struct Place {
    upgrade: WebSocketUpgrade,
    permit: OwnedSemaphorePermit,
}

impl Place {
    /// Answers the request, and then does `work` with the socket. Its place is free when that ends.
    pub(crate) fn on_upgrade<W, F>(self, work: W) -> Response
    where
        W: FnOnce(WebSocket) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let Self { upgrade, permit } = self;
        upgrade.on_upgrade(move |socket| {
            let work = work(socket);
            async move {
                work.await;
                drop(permit);
            }
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade
where
    SocketPlaces: FromRef<S>,
{
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiFailure> {
        let Ok(upgrade) = WebSocketUpgrade::from_request_parts(parts, state).await else {
            let text = format!("{} is a WebSocket: connect with ws://.", parts.uri.path());
            return Err(ApiError::Invalid(text).into());
        };
        let Ok(permit) = Arc::clone(&SocketPlaces::from_ref(state).0).try_acquire_owned() else {
            let text = "Too many WebSockets at a time. Close some and try again.".to_owned();
            return Err(ApiError::TooMany(text).into());
        };
        let upgrade = upgrade
            .max_message_size(MAX_INCOMING_BYTES)
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES);
        Ok(Self(Place { upgrade, permit }))
    }
}
