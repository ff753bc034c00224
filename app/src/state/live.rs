//! The event bus of the tab: distributes the changes received from `/api/events` to the listeners.
//!
//! Browser only: on the server no connection is made, and subscribing does nothing.

use std::sync::Arc;

use common::live::Change;
use common::workspace::Queue;
use leptos::prelude::*;

/// Minimum interval between two updates of a change signal, milliseconds.
const CHANGE_SIGNAL_GAP_MS: u64 = 250;

/// `Send + Sync` because the server creates the list too and drops it on any thread.
type Listener = Arc<dyn Fn(&Change) + Send + Sync>;

/// The state of the event connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConnectionState {
    /// The first connection is being established.
    #[default]
    Connecting,
    /// Connected.
    Up,
    /// The server does not respond; another attempt follows.
    Down,
}

/// Handle to the event bus; cheap to copy.
#[derive(Clone, Copy)]
pub struct LiveEvents {
    listeners: StoredValue<Vec<(u64, Listener)>>,
    next_key: StoredValue<u64>,
    connection_state: RwSignal<ConnectionState>,
    queue: RwSignal<Option<Queue>>,
}

impl LiveEvents {
    /// A handle that is not connected yet.
    pub(super) fn new() -> Self {
        Self {
            listeners: StoredValue::new(Vec::new()),
            next_key: StoredValue::new(0),
            connection_state: RwSignal::new(ConnectionState::default()),
            queue: RwSignal::new(None),
        }
    }

    /// The state of the connection.
    #[must_use]
    pub fn connection_state(self) -> ReadSignal<ConnectionState> {
        self.connection_state.read_only()
    }

    /// The queue of the whole project, as of the newest event or response.
    #[must_use]
    pub fn queue(self) -> ReadSignal<Option<Queue>> {
        self.queue.read_only()
    }

    /// Calls `listener` for every change, in order, until the calling component is disposed.
    ///
    /// `Hello` and `Resync` are forwarded too: after either, the data of a page may be stale.
    pub fn on(self, listener: impl Fn(&Change) + Send + Sync + 'static) {
        if cfg!(feature = "ssr") {
            return;
        }
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        self.listeners.update_value(|all| all.push((key, Arc::new(listener))));
        on_cleanup(move || {
            self.listeners.try_update_value(|all| all.retain(|(other, _)| *other != key));
        });
    }

    /// A counter that increases, at most four times per second, after changes that `wanted` accepts.
    ///
    /// Used as the source of a `Resource` that is to be fetched again.
    #[must_use]
    pub fn change_signal(self, wanted: fn(&Change) -> bool) -> ReadSignal<u64> {
        let count = RwSignal::new(0_u64);
        let waiting = StoredValue::new(false);
        self.on(move |change| {
            let always = matches!(change, Change::Hello { .. } | Change::Resync);
            if (always || wanted(change)) && waiting.try_get_value() == Some(false) {
                waiting.set_value(true);
                let tick = move || {
                    // The component may have been disposed.
                    let _ = waiting.try_set_value(false);
                    let _ = count.try_update(|count| *count += 1);
                };
                set_timeout(tick, std::time::Duration::from_millis(CHANGE_SIGNAL_GAP_MS));
            }
        });
        count.read_only()
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn publish(self, change: &Change) {
        if let Change::QueueChanged { queued, running, max_workers } = *change {
            self.queue.set(Some(Queue { running, queued, max_workers }));
        }
        // A listener may subscribe, or dispose the component of another listener, while it is called.
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (key, listener) in listeners {
            let is_there = |all: &Vec<(u64, Listener)>| all.iter().any(|(other, _)| *other == key);
            if self.listeners.try_with_value(is_there) == Some(true) {
                listener(change);
            }
        }
    }

    /// Stores the queue counts of a response.
    pub(super) fn update_queue(self, queue: Queue) {
        if self.queue.get_untracked() != Some(queue) {
            self.queue.set(Some(queue));
        }
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn set_connection_state(self, connection_state: ConnectionState) {
        if self.connection_state.get_untracked() != connection_state {
            self.connection_state.set(connection_state);
        }
    }
}

/// The tab's event bus.
///
/// # Panics
/// Outside the application's frame.
#[must_use]
pub fn use_live() -> LiveEvents {
    expect_context::<LiveEvents>()
}
