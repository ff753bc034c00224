//! The supervisors that a launcher starts as child processes of this server.

use std::collections::{HashMap, HashSet};
use std::io;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{JobId, JobState, Notify};

mod reaper;

use reaper::Reaper;

/// Starts processes. One thread, started with the first one, waits for all of them.
pub(super) struct Children {
    spawned: u64,
    reaper: Option<Reaper>,
    live: Arc<LiveJobs>,
    notify: Notify,
}

/// Jobs whose process has not ended.
#[derive(Default)]
struct LiveJobs(Mutex<HashSet<JobId>>);

impl LiveJobs {
    fn lock(&self) -> MutexGuard<'_, HashSet<JobId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Children {
    /// No processes; `notify` is called when one ends.
    pub(super) fn new(notify: Notify) -> Self {
        Self { spawned: 0, reaper: None, live: Arc::default(), notify }
    }

    /// Starts a process without input and output.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn spawn(&mut self, command: &mut Command) -> io::Result<JobId> {
        let reaper = match self.reaper.take() {
            Some(reaper) => reaper,
            None => Reaper::start(self.live.clone(), self.notify.clone())?,
        };
        let reaper = self.reaper.insert(reaper);
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Pids are reused, so a counter makes the id unique.
        self.spawned += 1;
        let id = JobId(format!("{}-{}", child.id(), self.spawned));
        self.live.lock().insert(id.clone());
        reaper.watch(id.clone(), child);
        Ok(id)
    }

    /// The jobs among these whose process has not ended.
    pub(super) fn poll(&self, jobs: &[JobId]) -> HashMap<JobId, JobState> {
        let live = self.live.lock();
        let jobs = jobs.iter().filter(|id| live.contains(id));
        jobs.map(|id| (id.clone(), JobState::Running)).collect()
    }
}
