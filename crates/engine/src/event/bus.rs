//! The event bus: a ring buffer of the newest events.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use common::live::{Change, Event};
use tokio::sync::watch;

/// Number of events that are retained for slow and reconnecting subscribers.
const RING_EVENTS: usize = 4096;

/// Maximum number of events per read.
const READ_EVENTS: usize = 32;

/// Assigns ids to events and retains the newest. Memory use does not depend on the speed of subscribers.
pub(crate) struct EventBus {
    ring: Mutex<Ring>,
    newest: watch::Sender<u64>,
    epoch: u64,
}

struct Ring {
    events: VecDeque<Arc<Event>>,
    next_id: u64,
}

/// The result of a read.
pub(crate) enum Read {
    /// Events after the requested id, oldest first; may be empty.
    Events(Vec<Arc<Event>>),
    /// Some events are no longer available; the id to continue from.
    Lost(u64),
}

impl EventBus {
    /// An empty ring. Ids start after `epoch`, in microseconds since 1970. There are fewer events than microseconds,
    /// so the ids of an earlier start are smaller than those of this one.
    pub(crate) fn new(epoch: u64) -> Self {
        let ring = Ring { events: VecDeque::new(), next_id: epoch + 1 };
        Self { ring: Mutex::new(ring), newest: watch::Sender::new(epoch), epoch }
    }

    /// Appends a change. Never waits for subscribers.
    pub(crate) fn publish(&self, change: Change) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let id = ring.next_id;
        ring.next_id += 1;
        if ring.events.len() == RING_EVENTS {
            ring.events.pop_front();
        }
        ring.events.push_back(Arc::new(Event { id, change }));
        // Inside the lock, so that the published id never decreases.
        self.newest.send_replace(id);
    }

    /// Events after `since`, in small batches, because the events that a slow reader holds are not freed by the ring.
    pub(crate) fn read(&self, since: u64) -> Read {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = ring.next_id - 1;
        let oldest = ring.next_id - ring.events.len() as u64;
        if since > newest || since + 1 < oldest {
            return Read::Lost(newest);
        }
        let skip = usize::try_from(since + 1 - oldest).unwrap_or(usize::MAX);
        Read::Events(ring.events.iter().skip(skip).take(READ_EVENTS).cloned().collect())
    }

    /// Id of the newest event; the epoch if there is none.
    pub(crate) fn newest_id(&self) -> u64 {
        *self.newest.borrow()
    }

    /// A receiver of every new id.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Identifies the start of the engine that the ids belong to.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }
}
