//! A subscription to the event bus.

use std::collections::VecDeque;
use std::sync::Arc;

use common::live::{Change, Event};
use tokio::sync::watch;

use super::EventBus;
use super::bus::Read;

/// Events in order after a given id, preceded by [`Change::Hello`].
///
/// A subscriber that is slower than the ring receives [`Change::Resync`] once and continues with the newest
/// events, so the memory use of a subscriber is bounded.
pub struct Subscription {
    bus: Arc<EventBus>,
    newest: watch::Receiver<u64>,
    cursor: u64,
    pending: VecDeque<Arc<Event>>,
}

impl Subscription {
    /// Starts after `since`; `None` starts with the next event.
    pub(crate) fn new(bus: Arc<EventBus>, since: Option<u64>) -> Self {
        let newest = bus.watch();
        let cursor = since.unwrap_or_else(|| bus.newest_id());
        let hello = Event { id: cursor, change: Change::Hello { epoch: bus.epoch() } };
        Self { bus, newest, cursor, pending: VecDeque::from([Arc::new(hello)]) }
    }

    /// Waits for the next event. Cancel-safe.
    pub async fn next(&mut self) -> Arc<Event> {
        loop {
            if let Some(event) = self.pending.pop_front() {
                return event;
            }
            self.newest.borrow_and_update();
            match self.bus.read(self.cursor) {
                Read::Events(events) if events.is_empty() => {
                    // The sender is in `self.bus`, so this never fails.
                    let _ = self.newest.changed().await;
                }
                Read::Events(events) => {
                    self.cursor = events.last().map_or(self.cursor, |event| event.id);
                    self.pending.extend(events);
                }
                Read::Lost(newest) => {
                    self.cursor = newest;
                    return Arc::new(Event { id: newest, change: Change::Resync });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(queued: u64) -> Change {
        Change::QueueChanged { queued, running: 0, max_workers: 1 }
    }

    #[tokio::test]
    async fn a_subscriber_gets_every_event_after_its_id_in_order() {
        let bus = Arc::new(EventBus::new(7));
        for n in 0..5 {
            bus.publish(queue(n));
        }
        let mut subscription = Subscription::new(bus.clone(), Some(9));
        assert_eq!(subscription.next().await.change, Change::Hello { epoch: 7 });
        bus.publish(queue(5));
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(subscription.next().await.id);
        }
        assert_eq!(ids, [10, 11, 12, 13]);
    }

    #[tokio::test]
    async fn ids_of_an_earlier_start_are_never_taken_for_ours() {
        let earlier = EventBus::new(1_000);
        (0..50).for_each(|n| earlier.publish(queue(n)));
        let bus = Arc::new(EventBus::new(2_000));
        (0..60).for_each(|n| bus.publish(queue(n)));
        let mut subscription = Subscription::new(bus, Some(earlier.newest_id()));
        subscription.next().await;
        assert_eq!(subscription.next().await.change, Change::Resync);
    }

    #[tokio::test]
    async fn a_subscriber_holds_few_events_however_far_it_is_behind() {
        let bus = Arc::new(EventBus::new(0));
        (0..4_000).for_each(|n| bus.publish(queue(n)));
        let mut subscription = Subscription::new(bus, Some(0));
        for _ in 0..=4_000 {
            subscription.next().await;
            assert!(subscription.pending.len() < 100);
        }
    }

    #[tokio::test]
    async fn slow_clients_and_ids_of_another_start_get_resync() {
        let bus = Arc::new(EventBus::new(1));
        for n in 0..5000 {
            bus.publish(queue(n));
        }
        for since in [3, 9_999_999] {
            let mut subscription = Subscription::new(bus.clone(), Some(since));
            subscription.next().await;
            assert_eq!(subscription.next().await.change, Change::Resync);
            bus.publish(queue(0));
            assert_eq!(subscription.next().await.change, queue(0));
        }
    }
}
