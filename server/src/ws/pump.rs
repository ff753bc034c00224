//! From a stream of messages to a socket, for as long as both live.

use std::pin::pin;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, Stream, StreamExt};
use serde::Serialize;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::state::Closing;

/// How often a quiet connection is pinged, so that proxies keep it.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long a client may take no bytes before it is let go; it comes back with its offset.
const STALL_LIMIT: Duration = Duration::from_secs(60);
/// How long saying goodbye may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// Sends every message of `source` until it ends, the client leaves, or the server ends.
///
/// One message is in flight at a time and the next is read only when the client has taken it, so a
/// slow client costs one message and never slows anybody else.
pub(super) async fn pump<T: Serialize>(
    socket: WebSocket,
    source: impl Stream<Item = T>,
    mut closing: Closing,
) {
    let (mut sink, stream) = socket.split();
    let code = tokio::select! {
        () = send_all(&mut sink, source) => close_code::NORMAL,
        () = until_closed(stream) => close_code::NORMAL,
        () = closing.wait() => close_code::AWAY,
    };
    let goodbye = Message::Close(Some(CloseFrame { code, reason: "".into() }));
    // The client may be gone already; there is nobody left to tell.
    let _ = timeout(CLOSE_LIMIT, sink.send(goodbye)).await;
}

async fn send_all<T: Serialize>(
    sink: &mut SplitSink<WebSocket, Message>,
    source: impl Stream<Item = T>,
) {
    let mut source = pin!(source);
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    heartbeat.reset();
    loop {
        let message = tokio::select! {
            item = source.next() => match item.as_ref().map(serde_json::to_string) {
                Some(Ok(text)) => Message::text(text),
                Some(Err(error)) => {
                    tracing::error!(%error, "a message cannot be written as JSON");
                    return;
                }
                None => return,
            },
            _ = heartbeat.tick() => Message::Ping("".into()),
        };
        if !matches!(timeout(STALL_LIMIT, sink.send(message)).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// Reads, which is also what answers pings, until the client closes or is gone.
async fn until_closed(mut stream: SplitStream<WebSocket>) {
    while let Some(Ok(message)) = stream.next().await {
        if matches!(message, Message::Close(_)) {
            return;
        }
    }
}
