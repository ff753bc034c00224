//! The scheduler's thread and what it remembers.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use common::live::Change;

use crate::disk::FileLock;
use crate::event::EventBus;
use crate::launch::{Launcher, Local};
use crate::workspace::Project;

/// How often the disk is looked at for what no event told.
const SWEEP: Duration = Duration::from_secs(2);
/// A sweep takes at most this share of the time: after one of 100 ms the next waits 5 s.
const SWEEP_SHARE: u32 = 50;

/// A task of a project: workspace and name.
pub(super) type Key = (String, String);

/// What wakes the scheduler.
pub(super) enum Wake {
    /// Something may have changed.
    Look,
    /// The supervisor of a task is gone.
    Ended(Key),
}

/// A handle to the thread. The thread ends with its project.
pub(crate) struct Scheduler {
    wake: Sender<Wake>,
}

impl Scheduler {
    /// Starts the thread.
    pub(crate) fn start(
        project: Weak<Project>,
        pyr_executable: PathBuf,
        bus: Arc<EventBus>,
    ) -> Self {
        let (wake, woken) = mpsc::channel();
        let launcher: Arc<dyn Launcher> = Arc::new(Local { pyr_executable });
        let state = State {
            project,
            launcher,
            bus,
            wake: wake.clone(),
            supervised: HashMap::new(),
            lock: None,
            announced: None,
            unwatched: HashMap::new(),
        };
        std::thread::spawn(move || state.run(&woken));
        Self { wake }
    }

    /// Asks for a look at the queue.
    pub(crate) fn wake(&self) {
        // A closed channel means that the project is being dropped.
        let _ = self.wake.send(Wake::Look);
    }
}

/// What the thread knows. Everything else is in the files.
pub(super) struct State {
    pub(super) project: Weak<Project>,
    pub(super) launcher: Arc<dyn Launcher>,
    pub(super) bus: Arc<EventBus>,
    pub(super) wake: Sender<Wake>,
    /// Tasks with a thread of ours that waits for the end of their supervisor, and the wish
    /// (`queued_at_us`) that it was started for.
    pub(super) supervised: HashMap<Key, Option<u64>>,
    /// Held by the one scheduler of a project.
    pub(super) lock: Option<FileLock>,
    /// The queue's figures as last told.
    pub(super) announced: Option<(u64, u64, u32)>,
    /// Running tasks of other programs, and when they are looked at again.
    pub(super) unwatched: HashMap<Key, Instant>,
}

impl State {
    fn run(mut self, woken: &Receiver<Wake>) {
        let mut next_sweep = Instant::now() + SWEEP;
        let mut first = true;
        loop {
            let patience = next_sweep.saturating_duration_since(Instant::now());
            match woken.recv_timeout(if first { Duration::ZERO } else { patience }) {
                Ok(Wake::Ended(key)) => self.ended(&key),
                Ok(Wake::Look) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            while let Ok(wake) = woken.try_recv() {
                if let Wake::Ended(key) = wake {
                    self.ended(&key);
                }
            }
            let Some(project) = self.project.upgrade() else {
                // While a project is being made its weak handle is not valid yet.
                if !first {
                    return;
                }
                std::thread::sleep(Duration::from_millis(1));
                continue;
            };
            if first {
                first = false;
                open_all(&project);
            }
            if Instant::now() >= next_sweep {
                let began = Instant::now();
                open_all(&project);
                project.open_workspaces().iter().for_each(|workspace| workspace.sweep());
                next_sweep = Instant::now() + SWEEP.max(began.elapsed() * SWEEP_SHARE);
            }
            self.look(&project);
        }
    }

    fn look(&mut self, project: &Project) {
        if self.lock.is_none() && project.pyruns_dir.is_dir() {
            let path = project.pyruns_dir.join(".scheduler.lock");
            self.lock = FileLock::attempt(&path).ok().flatten();
        }
        self.adopt(project);
        let figures = self.fill(project);
        if self.announced != Some(figures) {
            self.announced = Some(figures);
            let (queued, running, max_workers) = figures;
            self.bus.publish(Change::QueueChanged { queued, running, max_workers });
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
