//! Forwards a stream of messages to a WebSocket.

use std::pin::pin;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, Stream, StreamExt};
use serde::Serialize;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::state::ShutdownSignal;

/// Ping interval of an idle connection, so that proxies do not close it.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Maximum duration of one send. A stalled client is disconnected and may reconnect with its offset.
const STALL_LIMIT: Duration = Duration::from_secs(60);
/// Maximum duration of the close message.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// Sends every message of `source` until it ends, the client disconnects, or the server shuts down.
///
/// The next message is read only after the previous one was sent, so a slow client buffers one message and does not
/// affect other clients.
pub(super) async fn pump<T: Serialize>(
    socket: WebSocket,
    source: impl Stream<Item = T>,
    mut shutdown: ShutdownSignal,
) {
    let (mut sink, stream) = socket.split();
    let code = tokio::select! {
        () = send_all(&mut sink, source) => close_code::NORMAL,
        () = until_closed(stream) => close_code::NORMAL,
        () = shutdown.wait() => close_code::AWAY,
    };
    let close_message = Message::Close(Some(CloseFrame { code, reason: "".into() }));
    // The client may have disconnected.
    let _ = timeout(CLOSE_LIMIT, sink.send(close_message)).await;
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
                    tracing::error!(%error, "a message cannot be serialized as JSON");
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

/// Reads until the client closes the connection. Reading also responds to pings.
async fn until_closed(mut stream: SplitStream<WebSocket>) {
    while let Some(Ok(message)) = stream.next().await {
        if matches!(message, Message::Close(_)) {
            return;
        }
    }
}
