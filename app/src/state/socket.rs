//! The event socket: reads events, reconnects with exponential backoff, resumes after the last event id.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use common::live::{Change, Event};
use futures_util::StreamExt;
use gloo_net::websocket::Message;
use gloo_net::websocket::futures::WebSocket;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::{ConnectionState, LiveEvents};
use crate::wire::read;

/// Pause before the first reconnect, milliseconds; doubled up to [`MAX_PAUSE_MS`].
const MIN_PAUSE_MS: u64 = 300;
const MAX_PAUSE_MS: u64 = 5_000;

/// The state of the stream: the event to resume from, the server's epoch, the backoff.
#[derive(Default)]
struct StreamState {
    last_id: Cell<Option<u64>>,
    epoch: Cell<Option<u64>>,
    pause_ms: Cell<u64>,
}

/// Connects and reconnects as long as the page exists.
pub(super) fn connect(live: LiveEvents) {
    attempt(live, Rc::new(StreamState::default()));
}

fn attempt(live: LiveEvents, stream: Rc<StreamState>) {
    spawn_local(async move {
        if let Ok(mut socket) = WebSocket::open(&address(stream.last_id.get())) {
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    handle_message(live, &stream, &text);
                }
            }
        }
        live.set_connection_state(ConnectionState::Down);
        let pause = stream.pause_ms.get().max(MIN_PAUSE_MS);
        stream.pause_ms.set((pause * 2).min(MAX_PAUSE_MS));
        set_timeout(move || attempt(live, stream), Duration::from_millis(pause));
    });
}

fn handle_message(live: LiveEvents, stream: &StreamState, text: &str) {
    let Ok(event) = read::<Event>(text) else { return };
    stream.last_id.set(Some(event.id));
    if let Change::Hello { epoch } = event.change {
        stream.pause_ms.set(0);
        live.set_connection_state(ConnectionState::Up);
        let restarted = stream.epoch.replace(Some(epoch)).is_some_and(|known| known != epoch);
        if restarted {
            live.publish(&Change::Resync);
            return;
        }
    }
    live.publish(&event.change);
}

fn address(since: Option<u64>) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|it| it == "https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    let since = since.map(|id| format!("?since={id}")).unwrap_or_default();
    format!("{scheme}://{host}/api/events{since}")
}
