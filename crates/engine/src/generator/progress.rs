//! Telling everybody how far a large batch is.

use std::time::{Duration, Instant};

use common::live::Change;

use crate::event::EventBus;

/// Below this many tasks nobody would see it move.
const MANY: u64 = 200;
/// How often it is told.
const GAP: Duration = Duration::from_millis(100);

/// How far a batch is: its tasks are written first, then listed.
pub(super) struct Progress<'a> {
    bus: &'a EventBus,
    workspace: String,
    total: u64,
    told: Option<Instant>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(bus: &'a EventBus, workspace: String, total: u64) -> Self {
        Self { bus, workspace, total, told: None }
    }

    /// So many folders are written.
    pub(super) fn written(&mut self, count: u64) {
        self.tell(count / 2);
    }

    /// So many tasks are in the list.
    pub(super) fn listed(&mut self, count: u64) {
        self.tell((self.total + count) / 2);
    }

    fn tell(&mut self, done: u64) {
        let is_early = self.told.is_some_and(|told| told.elapsed() < GAP);
        if self.total < MANY || is_early {
            return;
        }
        self.told = Some(Instant::now());
        let workspace = self.workspace.clone();
        self.bus.publish(Change::BatchProgress { workspace, done, total: self.total });
    }
}
