//! Free capacity of a project: workers, CPU slots and GPUs.

use std::sync::OnceLock;

use common::options::RunOptions;
use common::settings::Settings;

use super::gpu_capacity::GpuCapacity;
use crate::launch::LauncherCapacity;
use crate::task::WaitReason;

/// Free capacity of a project.
pub(super) struct Capacity<'a> {
    /// If false, only jobs are counted; the launcher's scheduler manages the resources.
    is_this_machine: bool,
    workers: u32,
    cpus: u32,
    all_cpus: u32,
    /// Read when the first task requests a GPU.
    gpus: Option<GpuCapacity>,
    read_gpus: &'a dyn Fn() -> GpuCapacity,
    /// GPUs in use by runs, collected until the GPUs are read.
    gpus_taken: Vec<(Vec<u32>, RunOptions)>,
}

/// Number of cores that this process may use. Cached, because several files are read for it.
fn cores() -> u32 {
    static CORES: OnceLock<u32> = OnceLock::new();
    let ask = || std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    *CORES.get_or_init(ask)
}

impl<'a> Capacity<'a> {
    /// The total capacity.
    pub(super) fn new(
        settings: &Settings,
        launcher: LauncherCapacity,
        read_gpus: &'a dyn Fn() -> GpuCapacity,
    ) -> Self {
        let all_cpus = if settings.cpu_slots == 0 { cores() } else { settings.cpu_slots };
        let workers = match launcher {
            LauncherCapacity::ThisMachine => settings.manager_max_workers.max(1),
            LauncherCapacity::Jobs(jobs) => jobs,
        };
        let is_this_machine = launcher == LauncherCapacity::ThisMachine;
        let (gpus, gpus_taken) = (None, Vec::new());
        Self { is_this_machine, workers, cpus: all_cpus, all_cpus, gpus, read_gpus, gpus_taken }
    }

    /// Whether no task can start, regardless of its requests.
    pub(super) fn is_full(&self) -> bool {
        self.workers == 0
    }

    /// Subtracts the resources of a running or starting task.
    pub(super) fn take(&mut self, options: &RunOptions, gpus: &[u32]) {
        self.workers = self.workers.saturating_sub(1);
        self.cpus = self.cpus.saturating_sub(options.cpus);
        match &mut self.gpus {
            _ if gpus.is_empty() => {}
            Some(capacity) => capacity.take(gpus, options),
            None => self.gpus_taken.push((gpus.to_vec(), options.clone())),
        }
    }

    /// Reserves what a waiting task requests, so that later tasks do not starve it.
    pub(super) fn reserve(&mut self, options: &RunOptions) {
        if !self.is_this_machine {
            return;
        }
        self.cpus = self.cpus.saturating_sub(options.cpus);
        if options.gpus > 0 {
            self.gpu_capacity().reserve(options);
        }
    }

    /// The GPUs for a task if it can start now, else the missing resource.
    pub(super) fn fit(&mut self, options: &RunOptions) -> Result<Vec<u32>, WaitReason> {
        let RunOptions { cpus, gpus, .. } = *options;
        if !self.is_this_machine {
            return if self.is_full() { Err(WaitReason::Worker) } else { Ok(Vec::new()) };
        }
        if cpus > self.cpus {
            return Err(WaitReason::Cpus { asked: cpus, free: self.cpus, all: self.all_cpus });
        }
        let gpus = if gpus > 0 { self.gpu_capacity().choose(options)? } else { Vec::new() };
        if self.is_full() { Err(WaitReason::Worker) } else { Ok(gpus) }
    }

    /// Whether a task requested GPUs, so that the GPUs were read.
    pub(super) fn has_read_gpus(&self) -> bool {
        self.gpus.is_some()
    }

    fn gpu_capacity(&mut self) -> &mut GpuCapacity {
        let taken = std::mem::take(&mut self.gpus_taken);
        let look = self.read_gpus;
        self.gpus.get_or_insert_with(|| {
            let mut capacity = look();
            taken.iter().for_each(|(gpus, options)| capacity.take(gpus, options));
            capacity
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::gpu_users::GpuUser;
    use super::*;

    #[test]
    fn resources_are_reserved_for_a_large_waiting_task() {
        let settings = Settings { manager_max_workers: 3, cpu_slots: 4, ..Settings::default() };
        let wants = |cpus| RunOptions { cpus, ..RunOptions::default() };
        let no_gpus = || GpuCapacity::new(&[], |_| GpuUser::Other);
        let mut capacity = Capacity::new(&settings, LauncherCapacity::ThisMachine, &no_gpus);
        capacity.take(&wants(2), &[]);
        let lack = WaitReason::Cpus { asked: 4, free: 2, all: 4 };
        assert_eq!(capacity.fit(&wants(4)), Err(lack));
        capacity.reserve(&wants(4));
        let lack = WaitReason::Cpus { asked: 1, free: 0, all: 4 };
        assert_eq!(capacity.fit(&wants(1)), Err(lack));
        assert_eq!(capacity.fit(&wants(0)), Ok(vec![]), "what asks for none may go");
        capacity.take(&wants(0), &[]);
        capacity.take(&wants(0), &[]);
        assert_eq!(capacity.fit(&wants(0)), Err(WaitReason::Worker));
    }
}
