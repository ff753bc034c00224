//! Whose the processes on the GPUs are: of our own runs, on their way out, or somebody else's.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use common::system::Gpu;

use supervisor::gpu::{Presence, belongs_to_project, presence};

/// How long a process that is on its way out is looked at often, and how often. One that takes longer is
/// stuck in the driver.
const OFTEN_FOR: Duration = Duration::from_secs(1);
const OFTEN: Duration = Duration::from_millis(20);
const SELDOM: Duration = Duration::from_millis(500);
/// So long a process of ours that is gone may be named by the driver before the number is taken for that of a
/// process outside of our container.
const GONE_FOR: Duration = Duration::from_secs(5);

/// Whose a process on a GPU is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GpuUser {
    /// Of one of our runs.
    Ours,
    /// On its way out, whoever's it was: the GPU is free in a moment.
    Leaving,
    /// Anybody else's.
    Other,
}

/// What is known of processes on GPUs, as long as the driver names them: of one that is dying nothing can be
/// found out any more.
#[derive(Debug, Default)]
pub(super) struct GpuUsers {
    /// Processes of our runs, and when they were started.
    ours: HashMap<u32, u64>,
    /// Processes on their way out, since when.
    leaving: HashMap<u32, Instant>,
}

impl GpuUsers {
    /// Whose each process on these GPUs is, by pid.
    pub(super) fn look(&mut self, gpus: &[Gpu], pyruns_dir: &Path) -> HashMap<u32, GpuUser> {
        let named: HashSet<u32> =
            gpus.iter().flat_map(|gpu| gpu.processes.iter().map(|process| process.pid)).collect();
        self.ours.retain(|pid, _| named.contains(pid));
        self.leaving.retain(|pid, _| named.contains(pid));
        named.into_iter().map(|pid| (pid, self.user(pid, pyruns_dir))).collect()
    }

    fn user(&mut self, pid: u32, pyruns_dir: &Path) -> GpuUser {
        let user = match presence(pid) {
            Presence::Exiting => GpuUser::Leaving,
            Presence::Running { started } if self.ours.get(&pid) == Some(&started) => GpuUser::Ours,
            Presence::Running { started } if belongs_to_project(pid, pyruns_dir) => {
                self.ours.insert(pid, started);
                GpuUser::Ours
            }
            Presence::Running { .. } => self.unless_exiting(pid),
            Presence::Absent if self.is_just_gone(pid) => GpuUser::Leaving,
            Presence::Absent => GpuUser::Other,
        };
        match user {
            GpuUser::Leaving => drop(self.leaving.entry(pid).or_insert_with(Instant::now)),
            GpuUser::Ours | GpuUser::Other => drop(self.leaving.remove(&pid)),
        }
        user
    }

    /// It may have begun to exit between the two looks, so that its environment was gone in the second.
    fn unless_exiting(&self, pid: u32) -> GpuUser {
        match presence(pid) {
            Presence::Running { .. } => GpuUser::Other,
            Presence::Exiting | Presence::Absent => GpuUser::Leaving,
        }
    }

    /// Whether the driver has not noticed yet that a process of here is gone.
    fn is_just_gone(&self, pid: u32) -> bool {
        match self.leaving.get(&pid) {
            Some(since) => since.elapsed() < GONE_FOR,
            None => self.ours.contains_key(&pid),
        }
    }

    /// When to look again; nothing where nobody is on the way out.
    pub(super) fn look_again_in(&self) -> Option<Duration> {
        let gap = |since: &Instant| if since.elapsed() < OFTEN_FOR { OFTEN } else { SELDOM };
        self.leaving.values().map(gap).min()
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

    /// A process with this in its environment, which stays until it is killed.
    fn process(task_dir: &str) -> Child {
        let mut command = Command::new("sleep");
        command.arg("600").env("PYRUNS_TASK_DIR", task_dir).stdout(Stdio::null()).spawn().unwrap()
    }

    #[test]
    fn a_process_of_ours_is_no_strangers_until_it_is_gone() {
        let project = Path::new("/somewhere/_pyruns_");
        let (mut users, mut ours) = (GpuUsers::default(), process("/somewhere/_pyruns_/a/tasks/b"));
        let pid = ours.id();
        let user = |users: &mut GpuUsers, pid| users.look(&on_a_gpu(pid), project)[&pid];
        // Between fork and exec it has our own environment.
        let deadline = Instant::now() + Duration::from_secs(30);
        while user(&mut users, pid) != GpuUser::Ours {
            assert!(Instant::now() < deadline);
        }
        assert_eq!(users.look_again_in(), None);
        ours.kill().unwrap();
        while user(&mut users, pid) != GpuUser::Leaving {
            assert!(Instant::now() < deadline);
        }
        assert_eq!(users.look_again_in(), Some(OFTEN));
        ours.wait().unwrap();
        assert_eq!(user(&mut users, pid), GpuUser::Leaving, "the driver still names it");
        users.look(&[Gpu::default()], project);
        assert_eq!(users.look_again_in(), None);
        assert_eq!(user(&mut users, pid), GpuUser::Other, "a number of outside by now");
    }

    #[test]
    fn a_strangers_process_is_another_until_it_leaves() {
        let project = Path::new("/somewhere/_pyruns_");
        let (mut users, mut other) =
            (GpuUsers::default(), process("/elsewhere/_pyruns_/a/tasks/b"));
        let pid = other.id();
        assert_eq!(users.look(&on_a_gpu(pid), project)[&pid], GpuUser::Other);
        other.kill().unwrap();
        let deadline = Instant::now() + Duration::from_secs(30);
        while users.look(&on_a_gpu(pid), project)[&pid] != GpuUser::Leaving {
            assert!(Instant::now() < deadline);
        }
        other.wait().unwrap();
    }
}
