//! An open project with its scheduler.

use std::path::PathBuf;
use std::sync::Arc;

use crate::event::EventBus;
use crate::schedule::{Machine, Scheduler};
use crate::watch::{Watched, WatchedQueue, Watcher};
use crate::workspace::{Project, Role};

/// An open project. The scheduler's thread ends when it is dropped.
pub(crate) struct OpenProject {
    pub(crate) project: Arc<Project>,
    pub(crate) scheduler: Scheduler,
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
        let scheduler = Scheduler::start(Arc::downgrade(&project), machine, bus);
        let open = Arc::new(Self { project, scheduler });
        // The scheduler of another role must never be woken: it would stand for election and start tasks.
        if role == Role::Queue {
            let queue: Arc<dyn WatchedQueue> = open.clone();
            watcher.watch(&open.project.pyruns_dir, Watched::Project(Arc::downgrade(&queue)));
            open.scheduler.wake();
        }
        open
    }
}

impl WatchedQueue for OpenProject {
    fn request_sweep(&self) {
        self.scheduler.request_sweep();
    }
}
