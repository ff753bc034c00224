//! An open project with its scheduler.

use std::path::PathBuf;
use std::sync::Arc;

use crate::event::EventBus;
use crate::schedule::{Machine, Scheduler, notify_queue};
use crate::watch::{Watched, WatchedQueue, Watcher};
use crate::workspace::{Project, Role};

/// An open project. The scheduler's thread ends when it is dropped.
pub(crate) struct OpenProject {
    pub(crate) project: Arc<Project>,
    /// Only of [`Role::Queue`]: a scheduler stands for election and starts tasks.
    scheduler: Option<Scheduler>,
}

impl OpenProject {
    /// Opens a project. The scheduler starts tasks if the role is [`Role::Queue`].
    pub(crate) fn open(
        pyruns_dir: PathBuf,
        machine: Machine,
        bus: Arc<EventBus>,
        watcher: &Arc<Watcher>,
        role: Role,
    ) -> Arc<Self> {
        let project = Arc::new(Project::new(pyruns_dir, bus.clone(), watcher.clone(), role));
        let runs_queue = role == Role::Queue;
        let scheduler =
            runs_queue.then(|| Scheduler::start(Arc::downgrade(&project), machine, bus));
        let open = Arc::new(Self { project, scheduler });
        if let Some(scheduler) = &open.scheduler {
            let queue: Arc<dyn WatchedQueue> = open.clone();
            watcher.watch(&open.project.pyruns_dir, Watched::Project(Arc::downgrade(&queue)));
            scheduler.wake();
        }
        open
    }

    /// Announces a change of the queue: to the own scheduler, or to the process that runs the queue.
    pub(crate) fn wake(&self) {
        match &self.scheduler {
            Some(scheduler) => scheduler.wake(),
            None => notify_queue(&self.project.pyruns_dir),
        }
    }
}

impl WatchedQueue for OpenProject {
    fn request_sweep(&self) {
        if let Some(scheduler) = &self.scheduler {
            scheduler.request_sweep();
        }
    }
}
