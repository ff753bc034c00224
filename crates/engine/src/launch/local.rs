//! The launcher for this machine, which starts detached supervisor processes.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{EventfdFlags, eventfd};

use super::{Job, JobId, JobState, Launcher, LauncherCapacity, Notify, SubmitError, Unreachable};

mod reaper;

use reaper::Reaper;

/// Spawns `pyr supervise TASK_DIR [--gpus 0,1]`. One thread waits for all children.
pub(crate) struct Local {
    pyr_executable: PathBuf,
    spawned: u64,
    /// `None` once this is dropped.
    reaper: Option<Sender<(JobId, Child)>>,
    wake_reaper: Arc<std::os::fd::OwnedFd>,
    ended: Arc<EndedJobs>,
}

/// Jobs that have ended since the last poll.
#[derive(Default)]
struct EndedJobs(Mutex<HashSet<JobId>>);

impl EndedJobs {
    fn lock(&self) -> MutexGuard<'_, HashSet<JobId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Local {
    /// A launcher that calls `notify` when jobs end.
    ///
    /// # Errors
    /// If no file descriptor is available.
    pub(crate) fn new(pyr_executable: PathBuf, notify: Notify) -> io::Result<Self> {
        let wake_reaper = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let ended = Arc::new(EndedJobs::default());
        let reaper = Some(Reaper::start(wake_reaper.clone(), ended.clone(), notify));
        Ok(Self { pyr_executable, spawned: 0, reaper, wake_reaper, ended })
    }

    fn spawn(&mut self, job: &Job) -> io::Result<JobId> {
        let mut command = Command::new(&self.pyr_executable);
        command.arg("supervise").arg(job.dir.path());
        if !job.gpus.is_empty() {
            let indexes: Vec<String> = job.gpus.iter().map(u32::to_string).collect();
            command.arg("--gpus").arg(indexes.join(","));
        }
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Pids are reused, so a counter makes the id unique.
        self.spawned += 1;
        let id = JobId(format!("{}-{}", child.id(), self.spawned));
        let sent = self.reaper.as_ref().map(|reaper| reaper.send((id.clone(), child)));
        if !matches!(sent, Some(Ok(()))) {
            return Err(io::Error::other("the thread that waits for supervisors is gone"));
        }
        self.wake();
        Ok(id)
    }

    fn wake(&self) {
        // It fails only if the counter is at its limit; then the thread is awake.
        let _ = rustix::io::write(&*self.wake_reaper, &1_u64.to_ne_bytes());
    }
}

impl Launcher for Local {
    fn name(&self) -> &'static str {
        "local"
    }

    fn capacity(&self) -> LauncherCapacity {
        LauncherCapacity::ThisMachine
    }

    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>> {
        jobs.iter().map(|job| self.spawn(job).map_err(SubmitError::Refused)).collect()
    }

    fn poll(&mut self, jobs: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        let mut ended = self.ended.lock();
        let state = |id: &JobId| {
            let state = if ended.remove(id) { JobState::Gone } else { JobState::Running };
            (id.clone(), state)
        };
        Ok(jobs.iter().map(state).collect())
    }

    /// Nothing to do: a starting supervisor exits if its task is no longer queued.
    fn cancel(&mut self, _: &[JobId]) -> Result<(), Unreachable> {
        Ok(())
    }

    fn poll_interval(&self) -> Option<Duration> {
        None
    }

    fn outlives_server(&self) -> bool {
        // The supervisors do, but they are adopted by their run locks, without ids.
        false
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // The wake-up makes the thread notice the closed channel.
        self.reaper = None;
        self.wake();
    }
}
