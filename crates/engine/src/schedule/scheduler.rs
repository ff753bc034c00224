//! The scheduler's thread, its messages and its state.
//!
//! Of all servers on a project, one is elected by a file lock and starts tasks. The others write [`WAKE_FILE`]
//! after they have changed the queue.

use common::{TaskName, WorkspaceName};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use common::live::Change;
use common::system::DiskState;

use super::QueueCounts;
use super::gpu_users::GpuUsers;
use crate::event::EventBus;
use crate::launch::{self, JobId, JobRecord, Launcher, Notify};
use crate::system::disk_of;
use crate::task::TaskEntry;
use crate::watch::WAKE_FILE;
use crate::workspace::{Project, Workspace};
use store::Result;
use store::disk::{FileLock, open_empty};
use store::settings::SettingsCache;
use supervisor::gpu::GpuInventory;

/// Minimum interval of sweeps, which detect changes without file system events.
const SWEEP_INTERVAL: Duration = Duration::from_secs(2);
/// The pause after a sweep is at least this multiple of its duration: 5 s after a sweep of 100 ms.
const SWEEP_FACTOR: u32 = 50;

/// The same for sweeps that other servers request.
const REQUESTED_SWEEP_FACTOR: u32 = 4;

/// Interval of checks of runs without a run lock.
pub(super) const RECHECK_INTERVAL: Duration = Duration::from_secs(2);

/// Held by the process that runs the queue of a project.
const LOCK_FILE: &str = ".scheduler.lock";

/// A task of a project: workspace and name.
pub(super) type Key = (WorkspaceName, TaskName);

pub(super) fn key(workspace: &Workspace, entry: &TaskEntry) -> Key {
    (workspace.name().clone(), entry.name().clone())
}

/// A job of this server that has not ended.
pub(super) struct InFlight {
    /// The submission of the task (`queued_at_us`) that it was launched for.
    pub(super) submission: Option<u64>,
    pub(super) gpus: Vec<u32>,
    pub(super) job: JobId,
    /// The launcher was requested to cancel it.
    pub(super) is_cancelled: bool,
}

/// Messages to the scheduler's thread.
pub(super) enum Wake {
    /// This server has changed tasks or settings.
    Changed,
    /// Another server has changed the queue on disk.
    OtherServer,
    /// A job of the launcher may have ended.
    Jobs,
    /// The adopted supervisor of a task has ended.
    Ended(Key),
    /// This server was elected: the previous scheduler has released the lock.
    Elected(FileLock),
    /// The project is closed.
    Quit,
}

/// The resources that runs are started with.
#[derive(Clone)]
pub(crate) struct Machine {
    /// The `pyr` executable that supervises runs.
    pub(crate) pyr_executable: PathBuf,
    pub(crate) gpus: Arc<dyn GpuInventory>,
}

/// A handle to the scheduler's thread, which ends when the handle is dropped.
pub(crate) struct Scheduler {
    wake: Sender<Wake>,
}

impl Scheduler {
    /// Starts the thread, which is idle until the first message.
    pub(crate) fn start(project: Weak<Project>, machine: Machine, bus: Arc<EventBus>) -> Self {
        let (wake, woken) = mpsc::channel();
        let Machine { pyr_executable, gpus } = machine;
        let wake_for_jobs = wake.clone();
        // A closed channel means that the project is being dropped.
        let notify: Notify = Arc::new(move || drop(wake_for_jobs.send(Wake::Jobs)));
        let launcher = launch::launcher(pyr_executable, notify);
        let state = State::new(project, launcher, gpus, bus, wake.clone());
        std::thread::spawn(move || state.run(&woken));
        Self { wake }
    }

    /// Requests an update of the queue.
    pub(crate) fn wake(&self) {
        // A closed channel means that the project is being dropped.
        let _ = self.wake.send(Wake::Changed);
    }
}

impl Scheduler {
    /// Requests a sweep of the disk, after another server has changed the queue.
    pub(crate) fn request_sweep(&self) {
        // A closed channel means that the project is being dropped.
        let _ = self.wake.send(Wake::OtherServer);
    }
}

impl Drop for Scheduler {
    /// Ends the thread, which releases the scheduler lock.
    fn drop(&mut self) {
        let _ = self.wake.send(Wake::Quit);
    }
}

/// The state of the thread. Everything else is read from the files.
pub(super) struct State {
    pub(super) project: Weak<Project>,
    pub(super) launcher: Box<dyn Launcher>,
    /// Ids of jobs that outlive the server; `None` for other launchers and until this server is elected.
    pub(super) record: Option<JobRecord>,
    /// When jobs are polled next if the launcher does not notify.
    pub(super) next_poll: Option<Instant>,
    /// The last call of the launcher failed.
    pub(super) is_unreachable: bool,
    pub(super) bus: Arc<EventBus>,
    pub(super) wake: Sender<Wake>,
    pub(super) gpus: Arc<dyn GpuInventory>,
    pub(super) gpu_users: GpuUsers,
    /// Tasks with a supervisor, and their jobs; `None` if another server started the supervisor.
    pub(super) supervised: HashMap<Key, Option<InFlight>>,
    /// The scheduler lock, if this server is elected.
    pub(super) lock: Option<FileLock>,
    /// Tasks whose start failed, and when they may be started again, so that a full disk does not cause a busy
    /// loop.
    pub(super) backoff: HashMap<Key, Instant>,
    /// Number of supervisors of each task that ended before the run began.
    pub(super) failed_starts: HashMap<Key, u32>,
    /// A thread is waiting for the scheduler lock.
    pub(super) is_candidate: bool,
    /// Another server has requested a sweep.
    sweep_requested: bool,
    pub(super) settings: SettingsCache,
    /// When the next delayed task may start.
    pub(super) next_due: Option<Instant>,
    /// The counts that were last published.
    pub(super) published: Option<QueueCounts>,
    /// The state of the disk at the last check.
    disk_state: Option<DiskState>,
    /// Running tasks without a run lock, and when they are checked next.
    pub(super) recheck_at: HashMap<Key, Instant>,
}

impl State {
    pub(super) fn new(
        project: Weak<Project>,
        launcher: Box<dyn Launcher>,
        gpus: Arc<dyn GpuInventory>,
        bus: Arc<EventBus>,
        wake: Sender<Wake>,
    ) -> Self {
        Self {
            project,
            launcher,
            record: None,
            next_poll: None,
            is_unreachable: false,
            gpus,
            gpu_users: GpuUsers::default(),
            bus,
            wake,
            supervised: HashMap::new(),
            backoff: HashMap::new(),
            failed_starts: HashMap::new(),
            lock: None,
            is_candidate: false,
            sweep_requested: false,
            settings: SettingsCache::default(),
            next_due: None,
            published: None,
            disk_state: None,
            recheck_at: HashMap::new(),
        }
    }

    fn run(mut self, woken: &Receiver<Wake>) {
        if woken.recv().is_err() {
            return;
        }
        let mut next_sweep = Instant::now();
        let mut next_requested_sweep = next_sweep;
        loop {
            let mut due = self.next_due.map_or(next_sweep, |due| due.min(next_sweep));
            due = self.next_poll.map_or(due, |poll| due.min(poll));
            if self.sweep_requested {
                due = due.min(next_requested_sweep);
            }
            match woken.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(Wake::Quit) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(wake) => self.handle(wake),
                Err(RecvTimeoutError::Timeout) => {}
            }
            while let Ok(wake) = woken.try_recv() {
                self.handle(wake);
            }
            let Some(project) = self.project.upgrade() else {
                return;
            };
            let began = Instant::now();
            let sweeps =
                began >= next_sweep || self.sweep_requested && began >= next_requested_sweep;
            if sweeps {
                open_all(&project);
                project.open_workspaces().iter().for_each(|workspace| workspace.sweep());
            }
            self.update(&project, sweeps);
            if sweeps {
                self.sweep_requested = false;
                next_sweep = Instant::now() + SWEEP_INTERVAL.max(began.elapsed() * SWEEP_FACTOR);
                next_requested_sweep = Instant::now() + began.elapsed() * REQUESTED_SWEEP_FACTOR;
            }
        }
    }

    fn handle(&mut self, wake: Wake) {
        match wake {
            // Another server starts the tasks. The change is on disk already, so it is only notified.
            Wake::Changed if self.lock.is_none() => self.notify_elected_server(),
            Wake::Changed | Wake::Quit => {}
            Wake::Jobs => self.next_poll = Some(Instant::now()),
            Wake::OtherServer => self.sweep_requested = true,
            Wake::Ended(key) => self.ended(&key),
            Wake::Elected(lock) => {
                self.lock = Some(lock);
                self.is_candidate = false;
            }
        }
    }

    fn notify_elected_server(&self) {
        if let Some(project) = self.project.upgrade().filter(|_| self.is_candidate) {
            notify_queue(&project.pyruns_dir);
        }
    }

    pub(super) fn update(&mut self, project: &Project, examine_all: bool) {
        self.stand_for_election(&project.pyruns_dir);
        self.restore_recorded_jobs(project);
        self.poll_jobs(project);
        self.adopt(project);
        let counts = self.start_queued_tasks(project, examine_all);
        self.publish_disk_state(project);
        if self.published != Some(counts) {
            self.published = Some(counts);
            let QueueCounts { queued, running, max_workers } = counts;
            self.bus.publish(Change::QueueChanged { queued, running, max_workers });
        }
    }

    /// Publishes a workspace change when the state of the disk changes, because clients then read the disk state again.
    fn publish_disk_state(&mut self, project: &Project) {
        let warn_below_mb = self.settings.read(&project.pyruns_dir).min_free_disk_mb;
        let state = disk_of(&project.pyruns_dir, warn_below_mb).map(|disk| disk.state);
        if self.disk_state.is_some() && self.disk_state != state {
            for workspace in project.open_workspaces() {
                self.bus
                    .publish(Change::WorkspaceChanged { workspace: workspace.name().to_string() });
            }
        }
        self.disk_state = state.or(self.disk_state);
    }

    /// Tries to take the scheduler lock. If another server holds it, a thread waits for its release.
    fn stand_for_election(&mut self, pyruns_dir: &Path) {
        if self.lock.is_some() || self.is_candidate || !pyruns_dir.is_dir() {
            return;
        }
        let path = pyruns_dir.join(LOCK_FILE);
        match FileLock::attempt(&path) {
            Ok(Some(lock)) => self.lock = Some(lock),
            Ok(None) => {
                self.is_candidate = true;
                let wake = self.wake.clone();
                std::thread::spawn(move || {
                    if let Ok(lock) = FileLock::wait(&path) {
                        // A closed channel means that the project is closed: the lock is dropped.
                        let _ = wake.send(Wake::Elected(lock));
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "cannot lock the queue; no tasks are started"),
        }
    }
}

/// Writes the wake-up file, which the process that runs the queue watches.
pub(crate) fn notify_queue(pyruns_dir: &Path) {
    // After an error, the next sweep of the queue finds the change.
    let _ = open_empty(&pyruns_dir.join(WAKE_FILE));
}

/// Whether a process runs the queue of a project.
///
/// # Errors
/// If the lock file cannot be opened.
pub fn queue_is_served(pyruns_dir: &Path) -> Result<bool> {
    Ok(FileLock::attempt(&pyruns_dir.join(LOCK_FILE))?.is_none())
}

/// Opens every workspace of the project: queued tasks of all of them share the queue.
fn open_all(project: &Project) {
    for name in project.names() {
        if let Err(error) = project.workspace(&name) {
            tracing::warn!(%error, %name, "could not open a workspace");
        }
    }
}
