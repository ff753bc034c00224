//! The WebSocket that streams a growing log: resumes at the last byte, reconnects with growing pauses.

use std::future::poll_fn;
use std::pin::Pin;

use common::log::LogMessage;
use futures_util::{Sink, StreamExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State};
use leptos::prelude::*;

use super::state::{LogView, SourceState, StreamAction};
use super::stream_position::StreamPosition;
use crate::js::pause;
use crate::url_query::{UrlQuery, encode};
use crate::wire::read;

const MIN_PAUSE_MS: i32 = 250;
const MAX_PAUSE_MS: i32 = 5_000;
/// The server skips bytes beyond this lag; they can be loaded by scrolling.
const MAX_LAG_BYTES: u64 = 4 << 20;

/// The source of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The workspace named by the page, if any.
    pub(super) ws: Option<String>,
    /// The task.
    pub(super) name: String,
}

/// Streams into the view until it needs no more; true if the log must be reopened at its end. To stop earlier,
/// drop the future.
///
/// Each attempt resumes at the position of the view, so that no line is lost or duplicated.
pub(super) async fn run(source: &Source, view: LogView) -> bool {
    let mut pause_ms = MIN_PAUSE_MS;
    loop {
        if let Ok(mut socket) = WebSocket::open(&address(source, &view.stream_position())) {
            // The sink is ready as soon as the connection is established or has failed.
            let _ = poll_fn(|context| Pin::new(&mut socket).poll_ready(context)).await;
            if matches!(socket.state(), State::Open) {
                view.reconnected();
            }
            while let Some(Ok(message)) = socket.next().await {
                pause_ms = MIN_PAUSE_MS;
                match parse(message).map(|message| view.handle_message(message)) {
                    None | Some(StreamAction::Continue) => {}
                    Some(StreamAction::Stop) => return false,
                    Some(StreamAction::Reopen) => return true,
                }
            }
        }
        view.source_state.set(SourceState::Lost);
        pause(pause_ms).await;
        pause_ms = (pause_ms * 2).min(MAX_PAUSE_MS);
    }
}

fn parse(message: Message) -> Option<LogMessage> {
    match message {
        Message::Text(text) => read(&text).ok(),
        Message::Bytes(_) => None,
    }
}

fn address(source: &Source, position: &StreamPosition) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|it| it == "https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    let search = UrlQuery::default()
        .with("workspace", source.ws.as_deref())
        .with("log_file_name", Some(&position.log_file_name))
        .with("offset", Some(&position.offset.to_string()))
        .with("max_lag_bytes", Some(&MAX_LAG_BYTES.to_string()))
        .to_search();
    format!("{scheme}://{host}/api/tasks/{}/logs/stream{search}", encode(&source.name))
}
