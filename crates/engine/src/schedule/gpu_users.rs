//! Classifies the processes on GPUs: of our own runs, exiting, or of another user.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use common::system::Gpu;

use supervisor::gpu::{Presence, belongs_to_project, presence};

/// An exiting process is checked at the fast interval for this period, then at the slow one, because it may be
/// blocked in the driver.
const FAST_PERIOD: Duration = Duration::from_secs(1);
const FAST_INTERVAL: Duration = Duration::from_millis(20);
const SLOW_INTERVAL: Duration = Duration::from_millis(500);
/// For this long the driver may list one of our processes after its exit. After that, the pid is taken to be
/// that of a process outside of our container.
const DRIVER_DELAY: Duration = Duration::from_secs(5);

/// The user of a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GpuUser {
    /// A process of one of our runs.
    Ours,
    /// An exiting process; the GPU will soon be free.
    Exiting,
    /// A process of another user or program.
    Other,
}

/// Known processes on GPUs, stored while the driver lists them, because the environment of an exiting process
/// cannot be read.
#[derive(Debug, Default)]
pub(super) struct GpuUsers {
    /// Processes of our runs, and their start times.
    ours: HashMap<u32, u64>,
    /// Exiting processes, and when the exit was first observed.
    exiting: HashMap<u32, Instant>,
}

impl GpuUsers {
    /// The user of each process on these GPUs, by pid.
    pub(super) fn classify(&mut self, gpus: &[Gpu], pyruns_dir: &Path) -> HashMap<u32, GpuUser> {
        let listed: HashSet<u32> =
            gpus.iter().flat_map(|gpu| gpu.processes.iter().map(|process| process.pid)).collect();
        self.ours.retain(|pid, _| listed.contains(pid));
        self.exiting.retain(|pid, _| listed.contains(pid));
        listed.into_iter().map(|pid| (pid, self.user(pid, pyruns_dir))).collect()
    }

    fn user(&mut self, pid: u32, pyruns_dir: &Path) -> GpuUser {
        let user = match presence(pid) {
            Presence::Exiting => GpuUser::Exiting,
            Presence::Running { started } if self.ours.get(&pid) == Some(&started) => GpuUser::Ours,
            Presence::Running { started } if belongs_to_project(pid, pyruns_dir) => {
                self.ours.insert(pid, started);
                GpuUser::Ours
            }
            Presence::Running { .. } => self.unless_exiting(pid),
            Presence::Absent if self.ended_recently(pid) => GpuUser::Exiting,
            Presence::Absent => GpuUser::Other,
        };
        match user {
            GpuUser::Exiting => drop(self.exiting.entry(pid).or_insert_with(Instant::now)),
            GpuUser::Ours | GpuUser::Other => drop(self.exiting.remove(&pid)),
        }
        user
    }

    /// Checks again, because the process may have begun to exit before its environment was read.
    fn unless_exiting(&self, pid: u32) -> GpuUser {
        match presence(pid) {
            Presence::Running { .. } => GpuUser::Other,
            Presence::Exiting | Presence::Absent => GpuUser::Exiting,
        }
    }

    /// Whether a known process has ended and the driver may still list it.
    fn ended_recently(&self, pid: u32) -> bool {
        match self.exiting.get(&pid) {
            Some(since) => since.elapsed() < DRIVER_DELAY,
            None => self.ours.contains_key(&pid),
        }
    }

    /// Time until the next check; `None` if no process is exiting.
    pub(super) fn next_check(&self) -> Option<Duration> {
        let gap = |since: &Instant| {
            if since.elapsed() < FAST_PERIOD { FAST_INTERVAL } else { SLOW_INTERVAL }
        };
        self.exiting.values().map(gap).min()
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command, Stdio};

    use common::system::GpuProcess;

    use super::*;

    fn on_a_gpu(pid: u32) -> [Gpu; 1] {
        let process = GpuProcess { pid, ..GpuProcess::default() };
        [Gpu { processes: vec![process], ..Gpu::default() }]
    }

    /// A process with the given task folder in its environment, which runs until it is killed.
    fn process(task_dir: &str) -> Child {
        let mut command = Command::new("sleep");
        command.arg("600").env("PYRUNS_TASK_DIR", task_dir).stdout(Stdio::null()).spawn().unwrap()
    }

    #[test]
    fn a_process_of_a_run_is_ours_until_it_is_gone() {
        let project = Path::new("/somewhere/_pyruns_");
        let (mut users, mut ours) = (GpuUsers::default(), process("/somewhere/_pyruns_/a/tasks/b"));
        let pid = ours.id();
        let user = |users: &mut GpuUsers, pid| users.classify(&on_a_gpu(pid), project)[&pid];
        // Between fork and exec the process has our own environment.
        let deadline = Instant::now() + Duration::from_secs(30);
        while user(&mut users, pid) != GpuUser::Ours {
            assert!(Instant::now() < deadline);
        }
        assert_eq!(users.next_check(), None);
        ours.kill().unwrap();
        while user(&mut users, pid) != GpuUser::Exiting {
            assert!(Instant::now() < deadline);
        }
        assert_eq!(users.next_check(), Some(FAST_INTERVAL));
        ours.wait().unwrap();
        assert_eq!(user(&mut users, pid), GpuUser::Exiting, "the driver still names it");
        users.classify(&[Gpu::default()], project);
        assert_eq!(users.next_check(), None);
        assert_eq!(user(&mut users, pid), GpuUser::Other, "a number of outside by now");
    }

    #[test]
    fn a_process_of_another_project_is_other_until_it_exits() {
        let project = Path::new("/somewhere/_pyruns_");
        let (mut users, mut other) =
            (GpuUsers::default(), process("/elsewhere/_pyruns_/a/tasks/b"));
        let pid = other.id();
        assert_eq!(users.classify(&on_a_gpu(pid), project)[&pid], GpuUser::Other);
        other.kill().unwrap();
        let deadline = Instant::now() + Duration::from_secs(30);
        while users.classify(&on_a_gpu(pid), project)[&pid] != GpuUser::Exiting {
            assert!(Instant::now() < deadline);
        }
        other.wait().unwrap();
    }
}
