//! What may be taken at once, and what is left of it.

use std::sync::OnceLock;

use common::options::RunOptions;
use common::settings::Settings;

use super::gpu_room::GpuRoom;
use crate::launch::Capacity;
use crate::task::WaitReason;

/// Free capacity of a project.
pub(super) struct Room<'a> {
    /// Otherwise only jobs are counted: what they need is counted by the launcher's scheduler.
    is_this_machine: bool,
    workers: u32,
    cpus: u32,
    all_cpus: u32,
    /// Looked at only when a task asks for one.
    gpus: Option<GpuRoom>,
    look_at_gpus: &'a dyn Fn() -> GpuRoom,
    /// What runs had taken of the GPUs before anybody looked.
    gpus_taken: Vec<(Vec<u32>, RunOptions)>,
}

/// How many cores this process may use. Asked once: the answer is read from several files.
fn cores() -> u32 {
    static CORES: OnceLock<u32> = OnceLock::new();
    let ask = || std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    *CORES.get_or_init(ask)
}

impl<'a> Room<'a> {
    /// All capacity, of which nothing is taken yet.
    pub(super) fn new(
        settings: &Settings,
        capacity: Capacity,
        look_at_gpus: &'a dyn Fn() -> GpuRoom,
    ) -> Self {
        let all_cpus = if settings.cpu_slots == 0 { cores() } else { settings.cpu_slots };
        let workers = match capacity {
            Capacity::ThisMachine => settings.manager_max_workers.max(1),
            Capacity::Jobs(jobs) => jobs,
        };
        let is_this_machine = capacity == Capacity::ThisMachine;
        let (gpus, gpus_taken) = (None, Vec::new());
        Self { is_this_machine, workers, cpus: all_cpus, all_cpus, gpus, look_at_gpus, gpus_taken }
    }

    /// Nothing more can start, whatever it asks for.
    pub(super) fn is_full(&self) -> bool {
        self.workers == 0
    }

    /// A task runs on these GPUs, or is about to.
    pub(super) fn take(&mut self, options: &RunOptions, gpus: &[u32]) {
        self.workers = self.workers.saturating_sub(1);
        self.cpus = self.cpus.saturating_sub(options.cpus);
        match &mut self.gpus {
            _ if gpus.is_empty() => {}
            Some(room) => room.take(gpus, options),
            None => self.gpus_taken.push((gpus.to_vec(), options.clone())),
        }
    }

    /// Keeps what a waiting task asks for from those behind it, so that they never overtake it
    /// for ever.
    pub(super) fn reserve(&mut self, options: &RunOptions) {
        if !self.is_this_machine {
            return;
        }
        self.cpus = self.cpus.saturating_sub(options.cpus);
        if options.gpus > 0 {
            self.gpu_room().reserve(options);
        }
    }

    /// The GPUs for a task that may start, or what is missing.
    pub(super) fn place_for(&mut self, options: &RunOptions) -> Result<Vec<u32>, WaitReason> {
        let RunOptions { cpus, gpus, .. } = *options;
        if !self.is_this_machine {
            return if self.is_full() { Err(WaitReason::Worker) } else { Ok(Vec::new()) };
        }
        if cpus > self.cpus {
            return Err(WaitReason::Cpus { asked: cpus, free: self.cpus, all: self.all_cpus });
        }
        let gpus = if gpus > 0 { self.gpu_room().choose(options)? } else { Vec::new() };
        if self.is_full() { Err(WaitReason::Worker) } else { Ok(gpus) }
    }

    /// Whether a task that is waiting was told about GPUs, or given some.
    pub(super) fn gpus_were_asked_for(&self) -> bool {
        self.gpus.is_some()
    }

    fn gpu_room(&mut self) -> &mut GpuRoom {
        let taken = std::mem::take(&mut self.gpus_taken);
        let look = self.look_at_gpus;
        self.gpus.get_or_insert_with(|| {
            let mut room = look();
            taken.iter().for_each(|(gpus, options)| room.take(gpus, options));
            room
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::gpu_users::GpuUser;
    use super::*;

    #[test]
    fn a_wide_task_is_not_overtaken_for_what_it_waits_for() {
        let settings = Settings { manager_max_workers: 3, cpu_slots: 4, ..Settings::default() };
        let wants = |cpus| RunOptions { cpus, ..RunOptions::default() };
        let no_gpus = || GpuRoom::new(&[], |_| GpuUser::Other);
        let mut room = Room::new(&settings, Capacity::ThisMachine, &no_gpus);
        room.take(&wants(2), &[]);
        let lack = WaitReason::Cpus { asked: 4, free: 2, all: 4 };
        assert_eq!(room.place_for(&wants(4)), Err(lack));
        room.reserve(&wants(4));
        let lack = WaitReason::Cpus { asked: 1, free: 0, all: 4 };
        assert_eq!(room.place_for(&wants(1)), Err(lack));
        assert_eq!(room.place_for(&wants(0)), Ok(vec![]), "what asks for none may go");
        room.take(&wants(0), &[]);
        room.take(&wants(0), &[]);
        assert_eq!(room.place_for(&wants(0)), Err(WaitReason::Worker));
    }
}
