//! The scheduler's thread and what it remembers.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use common::live::Change;
use common::system::DiskState;

use super::QueueFigures;
use super::gpu_users::GpuUsers;
use crate::event::EventBus;
use crate::launch::{JobId, JobRecord, Launcher, Local, Notify, Unavailable};
use crate::system::disk_of;
use crate::task::TaskEntry;
use crate::watch::KNOCK_FILE;
use crate::workspace::{Project, Workspace};
use store::disk::{FileLock, open_empty};
use store::settings::SettingsCache;
use supervisor::gpu::GpuInventory;

/// How often the disk is looked at for what no event told.
const SWEEP: Duration = Duration::from_secs(2);
/// A sweep takes at most this share of the time: after one of 100 ms the next waits 5 s.
const SWEEP_SHARE: u32 = 50;

/// The same for the sweeps that other servers ask for.
const KNOCK_SHARE: u32 = 4;

/// How often a run without a lock of ours is looked at.
pub(super) const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// A task of a project: workspace and name.
pub(super) type Key = (String, String);

pub(super) fn key(workspace: &Workspace, entry: &TaskEntry) -> Key {
    (workspace.name(), entry.name().to_owned())
}

/// A job of ours that is not known to have ended.
pub(super) struct InFlight {
    /// The submission of the task (`queued_at_us`) that it was launched for.
    pub(super) submission: Option<u64>,
    pub(super) gpus: Vec<u32>,
    pub(super) job: JobId,
    /// The launcher was asked to take it back.
    pub(super) is_cancelled: bool,
}

/// What wakes the scheduler.
pub(super) enum Wake {
    /// Something may have changed.
    Look,
    /// Another server has changed something on disk that is for this queue.
    Knock,
    /// A job of the launcher may have ended.
    Jobs,
    /// The supervisor of a task that an earlier server has started is gone.
    Ended(Key),
    /// The scheduler before us is gone; the queue is ours.
    Elected(FileLock),
    /// The project is closed.
    Quit,
}

/// What runs are started with.
#[derive(Clone)]
pub(crate) struct Machine {
    /// The `pyr` executable that supervises runs.
    pub(crate) pyr_executable: PathBuf,
    pub(crate) gpus: Arc<dyn GpuInventory>,
}

/// A handle to the thread. The thread ends with its project.
pub(crate) struct Scheduler {
    wake: Sender<Wake>,
}

impl Scheduler {
    /// Starts the thread, which does nothing until it is woken for the first time.
    pub(crate) fn start(project: Weak<Project>, machine: Machine, bus: Arc<EventBus>) -> Self {
        let (wake, woken) = mpsc::channel();
        let Machine { pyr_executable, gpus } = machine;
        let wake_for_jobs = wake.clone();
        // A closed channel means that the project is being dropped.
        let notify: Notify = Arc::new(move || drop(wake_for_jobs.send(Wake::Jobs)));
        let launcher =
            Local::new(pyr_executable, notify).map(|it| Box::new(it) as Box<dyn Launcher>);
        let launcher = launcher.unwrap_or_else(|error| {
            tracing::error!(%error, "nothing can be started here");
            Box::new(Unavailable(error.to_string()))
        });
        let state = State::new(project, launcher, gpus, bus, wake.clone());
        std::thread::spawn(move || state.run(&woken));
        Self { wake }
    }

    /// Asks for a look at the queue.
    pub(crate) fn wake(&self) {
        // A closed channel means that the project is being dropped.
        let _ = self.wake.send(Wake::Look);
    }
}

impl Scheduler {
    /// Asks for a look at the disk: another server has knocked.
    pub(crate) fn knock(&self) {
        // A closed channel means that the project is being dropped.
        let _ = self.wake.send(Wake::Knock);
    }
}

impl Drop for Scheduler {
    /// Ends the thread at once, and with it its hold of the queue.
    fn drop(&mut self) {
        let _ = self.wake.send(Wake::Quit);
    }
}

/// What the thread knows. Everything else is in the files.
pub(super) struct State {
    pub(super) project: Weak<Project>,
    pub(super) launcher: Box<dyn Launcher>,
    /// Ids of jobs that outlive the server; nothing for other launchers, and until the queue is ours.
    pub(super) record: Option<JobRecord>,
    /// When jobs are polled although the launcher has not notified.
    pub(super) next_poll: Option<Instant>,
    /// The launcher could not be asked the last time.
    pub(super) is_unreachable: bool,
    pub(super) bus: Arc<EventBus>,
    pub(super) wake: Sender<Wake>,
    pub(super) gpus: Arc<dyn GpuInventory>,
    pub(super) gpu_users: GpuUsers,
    /// Tasks whose supervisor is waited for, with their job; nothing where another server has started it.
    pub(super) supervised: HashMap<Key, Option<InFlight>>,
    /// Held by the one scheduler of a project.
    pub(super) lock: Option<FileLock>,
    /// Tasks of which nothing could be written: left alone for a moment, so that a full disk is not
    /// asked a hundred times a second.
    pub(super) resting: HashMap<Key, Instant>,
    /// How many supervisors of a task have ended before its run began.
    pub(super) unbegun: HashMap<Key, u32>,
    /// A thread of ours waits for the lock.
    pub(super) stands_for_election: bool,
    /// Another server wants a look at the disk.
    knocked: bool,
    pub(super) settings: SettingsCache,
    /// When the first retry that waits for its time may start.
    pub(super) next_due: Option<Instant>,
    /// The queue's figures as last told.
    pub(super) announced: Option<QueueFigures>,
    /// Whether the disk had room when it was last looked at.
    disk_state: Option<DiskState>,
    /// Running tasks of other programs, and when they are looked at again.
    pub(super) unwatched: HashMap<Key, Instant>,
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
            resting: HashMap::new(),
            unbegun: HashMap::new(),
            lock: None,
            stands_for_election: false,
            knocked: false,
            settings: SettingsCache::default(),
            next_due: None,
            announced: None,
            disk_state: None,
            unwatched: HashMap::new(),
        }
    }

    fn run(mut self, woken: &Receiver<Wake>) {
        if woken.recv().is_err() {
            return;
        }
        let mut next_sweep = Instant::now();
        let mut next_knock = next_sweep;
        loop {
            let mut due = self.next_due.map_or(next_sweep, |due| due.min(next_sweep));
            due = self.next_poll.map_or(due, |poll| due.min(poll));
            if self.knocked {
                due = due.min(next_knock);
            }
            match woken.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(Wake::Quit) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(wake) => self.hear(wake),
                Err(RecvTimeoutError::Timeout) => {}
            }
            while let Ok(wake) = woken.try_recv() {
                self.hear(wake);
            }
            let Some(project) = self.project.upgrade() else {
                return;
            };
            let began = Instant::now();
            let sweeps = began >= next_sweep || self.knocked && began >= next_knock;
            if sweeps {
                open_all(&project);
                project.open_workspaces().iter().for_each(|workspace| workspace.sweep());
            }
            self.look(&project, sweeps);
            if sweeps {
                self.knocked = false;
                next_sweep = Instant::now() + SWEEP.max(began.elapsed() * SWEEP_SHARE);
                next_knock = Instant::now() + began.elapsed() * KNOCK_SHARE;
            }
        }
    }

    fn hear(&mut self, wake: Wake) {
        match wake {
            // With nobody left to start tasks for, the handle to the project leads nowhere either.
            // What was changed here is on disk; the server that starts it is to be told.
            Wake::Look if self.lock.is_none() => self.knock_at_the_other(),
            Wake::Look | Wake::Quit => {}
            Wake::Jobs => self.next_poll = Some(Instant::now()),
            Wake::Knock => self.knocked = true,
            Wake::Ended(key) => self.ended(&key),
            Wake::Elected(lock) => {
                self.lock = Some(lock);
                self.stands_for_election = false;
            }
        }
    }

    /// Writes the file that the elected server watches.
    fn knock_at_the_other(&self) {
        if let Some(project) = self.project.upgrade().filter(|_| self.stands_for_election) {
            // Not told, it finds out by its next sweep.
            let _ = open_empty(&project.pyruns_dir.join(KNOCK_FILE));
        }
    }

    pub(super) fn look(&mut self, project: &Project, thorough: bool) {
        self.stand_for_election(&project.pyruns_dir);
        self.find_recorded_jobs(project);
        self.poll_jobs(project);
        self.adopt(project);
        let figures = self.fill(project, thorough);
        self.tell_of_the_disk(project);
        if self.announced != Some(figures) {
            self.announced = Some(figures);
            let QueueFigures { queued, running, max_workers } = figures;
            self.bus.publish(Change::QueueChanged { queued, running, max_workers });
        }
    }

    /// Who shows the disk asks again when a workspace changes.
    fn tell_of_the_disk(&mut self, project: &Project) {
        let warn_below_mb = self.settings.read(&project.pyruns_dir).min_free_disk_mb;
        let state = disk_of(&project.pyruns_dir, warn_below_mb).map(|disk| disk.state);
        if self.disk_state.is_some() && self.disk_state != state {
            for workspace in project.open_workspaces() {
                self.bus.publish(Change::WorkspaceChanged { workspace: workspace.name() });
            }
        }
        self.disk_state = state.or(self.disk_state);
    }

    /// Takes the project's lock, or waits for it in a thread: whoever holds it may die at any moment.
    fn stand_for_election(&mut self, pyruns_dir: &Path) {
        if self.lock.is_some() || self.stands_for_election || !pyruns_dir.is_dir() {
            return;
        }
        let path = pyruns_dir.join(".scheduler.lock");
        match FileLock::attempt(&path) {
            Ok(Some(lock)) => self.lock = Some(lock),
            Ok(None) => {
                self.stands_for_election = true;
                let wake = self.wake.clone();
                std::thread::spawn(move || {
                    if let Ok(lock) = FileLock::wait(&path) {
                        // A closed channel means that the project is closed: the lock is dropped.
                        let _ = wake.send(Wake::Elected(lock));
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "the queue cannot be locked; nothing starts here"),
        }
    }
}

/// Opens every workspace of the project: queued tasks of all of them share the queue.
fn open_all(project: &Project) {
    for name in project.names() {
        if let Err(error) = project.workspace(&name) {
            tracing::warn!(%error, name, "could not open a workspace");
        }
    }
}
