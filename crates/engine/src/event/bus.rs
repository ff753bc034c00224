//! The ring of the newest events.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use common::live::{Change, Event};
use tokio::sync::watch;

/// How many events are kept for subscribers that fell behind or come back.
const RING_EVENTS: usize = 4096;

/// How many events a subscriber takes at a time.
const READ_EVENTS: usize = 32;

/// Numbers events and keeps the newest; memory is bounded however slow a subscriber is.
pub(crate) struct EventBus {
    ring: Mutex<Ring>,
    newest: watch::Sender<u64>,
    epoch: u64,
}

struct Ring {
    events: VecDeque<Arc<Event>>,
    next_id: u64,
}

/// What a reader of the ring gets.
pub(crate) enum Read {
    /// Events after the asked id, oldest first; may be empty.
    Events(Vec<Arc<Event>>),
    /// Some of them are gone; the id to go on from.
    Lost(u64),
}

impl EventBus {
    /// An empty ring. Ids go on from `epoch`, microseconds since 1970: there are never as many events,
    /// so an id of an earlier start is smaller than all of this one and is never taken for one of it.
    pub(crate) fn new(epoch: u64) -> Self {
        let ring = Ring { events: VecDeque::new(), next_id: epoch + 1 };
        Self { ring: Mutex::new(ring), newest: watch::Sender::new(epoch), epoch }
    }

    /// Appends a change. Cheap, never waits for a subscriber.
    pub(crate) fn publish(&self, change: Change) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let id = ring.next_id;
        ring.next_id += 1;
        if ring.events.len() == RING_EVENTS {
            ring.events.pop_front();
        }
        ring.events.push_back(Arc::new(Event { id, change }));
        // Inside the lock, so that the announced id never runs backwards.
        self.newest.send_replace(id);
    }

    /// Events after `since`, but not many at a time: what a slow reader holds is no longer the ring's.
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

    /// Id of the newest event; before the first one the number that it follows.
    pub(crate) fn newest_id(&self) -> u64 {
        *self.newest.borrow()
    }

    /// Announces every new id.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Which start of the server the ids belong to.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }
}
