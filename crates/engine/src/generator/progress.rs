//! Publishes the progress of the creation of a large batch.

use std::time::{Duration, Instant};

use common::live::Change;

use crate::event::EventBus;

/// Minimum number of tasks for which progress is published.
const MIN_TASKS: u64 = 200;
/// Minimum interval between two events.
const INTERVAL: Duration = Duration::from_millis(100);

/// The progress of a batch, whose tasks are first written, then added to the index.
pub(super) struct Progress<'a> {
    bus: &'a EventBus,
    workspace: String,
    total: u64,
    last_published: Option<Instant>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(bus: &'a EventBus, workspace: String, total: u64) -> Self {
        Self { bus, workspace, total, last_published: None }
    }

    /// Reports the number of written folders.
    pub(super) fn written(&mut self, count: u64) {
        self.publish(count / 2);
    }

    /// Reports the number of tasks in the index.
    pub(super) fn listed(&mut self, count: u64) {
        self.publish((self.total + count) / 2);
    }

    fn publish(&mut self, done: u64) {
        let is_early =
            self.last_published.is_some_and(|last_published| last_published.elapsed() < INTERVAL);
        if self.total < MIN_TASKS || is_early {
            return;
        }
        self.last_published = Some(Instant::now());
        let workspace = self.workspace.clone();
        self.bus.publish(Change::BatchProgress { workspace, done, total: self.total });
    }
}
