//! Becoming a WebSocket, or a refusal in the usual shape.

use axum::extract::FromRequestParts;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::request::Parts;
use common::ApiError;

use crate::error::ApiFailure;

/// The most bytes of a message that a client may send; none of ours has to send any.
const MAX_INCOMING_BYTES: usize = 64 << 10;

/// A request that can become a WebSocket.
pub(crate) struct Upgrade(pub(crate) WebSocketUpgrade);

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiFailure> {
        match WebSocketUpgrade::from_request_parts(parts, state).await {
            Ok(upgrade) => Ok(Self(upgrade.max_message_size(MAX_INCOMING_BYTES))),
            Err(_) => {
                let text = format!("{} is a WebSocket: connect with ws://.", parts.uri.path());
                Err(ApiError::Invalid(text).into())
            }
        }
    }
}
