//! Extractor of WebSocket upgrades, with errors in the API's format.

use std::future::Future;
use std::sync::Arc;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use common::ApiError;
use tokio::sync::OwnedSemaphorePermit;

use crate::error::ApiFailure;
use crate::state::SocketPermits;

/// Maximum size of a message from a client. Our own clients send none.
const MAX_INCOMING_BYTES: usize = 64 << 10;
/// Size of the read and write buffers of an open WebSocket.
const BUFFER_BYTES: usize = 4 << 10;

/// A WebSocket upgrade request.
pub(crate) struct Upgrade(pub(crate) SocketUpgrade);

/// The upgrade, and the permit for an open WebSocket.
pub(crate) struct SocketUpgrade {
    upgrade: WebSocketUpgrade,
    permit: OwnedSemaphorePermit,
}

impl SocketUpgrade {
    /// Responds to the request, then runs `work` with the socket. The permit is released when it ends.
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
    SocketPermits: FromRef<S>,
{
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiFailure> {
        let Ok(upgrade) = WebSocketUpgrade::from_request_parts(parts, state).await else {
            let text = format!("{} is a WebSocket: connect with ws://.", parts.uri.path());
            return Err(ApiError::Invalid(text).into());
        };
        let Ok(permit) = Arc::clone(&SocketPermits::from_ref(state).0).try_acquire_owned() else {
            let text = "Too many concurrent WebSockets. Close some and try again.".to_owned();
            return Err(ApiError::TooMany(text).into());
        };
        let upgrade = upgrade
            .max_message_size(MAX_INCOMING_BYTES)
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES);
        Ok(Self(SocketUpgrade { upgrade, permit }))
    }
}
