//! What may be taken at once, and what is left of it.

use common::options::RunOptions;
use common::settings::Settings;

use super::WaitReason;

/// Free places of a project.
#[derive(Debug, Clone)]
pub(super) struct Room {
    workers: u32,
    cpus: u32,
    all_cpus: u32,
}

impl Room {
    /// All places, of which nothing is taken yet.
    pub(super) fn new(settings: &Settings) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
        let all_cpus = if settings.cpu_slots == 0 { cores() } else { settings.cpu_slots };
        Self { workers: settings.manager_max_workers.max(1), cpus: all_cpus, all_cpus }
    }

    /// Nothing more can start, whatever it asks for.
    pub(super) fn is_full(&self) -> bool {
        self.workers == 0
    }

    /// A task runs, or is about to.
    pub(super) fn take(&mut self, options: &RunOptions) {
        self.workers = self.workers.saturating_sub(1);
        self.reserve(options);
    }

    /// Keeps what a waiting task asks for from those behind it, so that they never overtake it
    /// for ever.
    pub(super) fn reserve(&mut self, options: &RunOptions) {
        self.cpus = self.cpus.saturating_sub(options.cpus);
    }

    /// What is missing for a task to start.
    pub(super) fn lacks(&self, options: &RunOptions) -> Option<WaitReason> {
        if options.cpus > self.cpus {
            return Some(WaitReason::Cpus {
                asked: options.cpus,
                free: self.cpus,
                all: self.all_cpus,
            });
        }
        self.is_full().then_some(WaitReason::Worker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_task_is_not_overtaken_for_what_it_waits_for() {
        let settings = Settings { manager_max_workers: 3, cpu_slots: 4, ..Settings::default() };
        let wants = |cpus| RunOptions { cpus, ..RunOptions::default() };
        let mut room = Room::new(&settings);
        room.take(&wants(2));
        assert_eq!(room.lacks(&wants(4)), Some(WaitReason::Cpus { asked: 4, free: 2, all: 4 }));
        room.reserve(&wants(4));
        assert_eq!(room.lacks(&wants(1)), Some(WaitReason::Cpus { asked: 1, free: 0, all: 4 }));
        assert_eq!(room.lacks(&wants(0)), None, "what asks for none may go");
        room.take(&wants(0));
        room.take(&wants(0));
        assert_eq!(room.lacks(&wants(0)), Some(WaitReason::Worker));
    }
}
