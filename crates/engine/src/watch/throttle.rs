//! A throttle: at most one notification per key and interval; the last one is never lost.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Throttles the notifications of keys.
pub(super) struct Throttle<K> {
    interval: Duration,
    last: HashMap<K, Instant>,
    waiting: HashMap<K, Instant>,
}

impl<K: Clone + Eq + Hash> Throttle<K> {
    pub(super) fn new(interval: Duration) -> Self {
        Self { interval, last: HashMap::new(), waiting: HashMap::new() }
    }

    /// Requests a notification for a key.
    pub(super) fn mark(&mut self, key: K, now: Instant) {
        let due = self.last.get(&key).map_or(now, |last| *last + self.interval);
        self.waiting.entry(key).or_insert(due);
    }

    /// Keys whose notification is due.
    pub(super) fn take_due(&mut self, now: Instant) -> Vec<K> {
        let due: Vec<K> =
            self.waiting.iter().filter(|(_, at)| **at <= now).map(|(key, _)| key.clone()).collect();
        for key in &due {
            self.waiting.remove(key);
            self.last.insert(key.clone(), now);
        }
        // Remove idle keys, so that the map does not grow without bound.
        self.last.retain(|_, last| now.duration_since(*last) < self.interval * 4);
        due
    }

    /// Time until the next notification; `None` if there is none.
    pub(super) fn next_due(&self, now: Instant) -> Option<Duration> {
        self.waiting.values().min().map(|at| at.saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_goes_at_once_and_the_rest_in_one() {
        let start = Instant::now();
        let step = Duration::from_millis(10);
        let mut throttle = Throttle::new(step * 10);
        throttle.mark("a", start);
        assert_eq!(throttle.take_due(start), ["a"]);
        for n in 1..=5 {
            throttle.mark("a", start + step * n);
            assert!(throttle.take_due(start + step * n).is_empty());
        }
        assert_eq!(throttle.next_due(start + step * 5), Some(step * 5));
        assert_eq!(throttle.take_due(start + step * 10), ["a"]);
        assert_eq!(throttle.next_due(start + step * 10), None);
    }
}
