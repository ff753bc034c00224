//! The thread that reads inotify events, reloads the changed tasks and publishes changes of metrics.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::mem::MaybeUninit;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use common::TaskName;
use common::live::Change;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{ReadFlags, Reader};
use rustix::io::Errno;

use super::target::{WAKE_FILE, Watched, WatchedWorkspace};
use super::throttle::Throttle;
use super::watcher::Watcher;
use crate::event::EventBus;
use metrics::{JournalTails, JournalUpdate};
use store::task::paths::run_of;

/// Minimum interval between two published changes of a run's metrics.
const METRICS_INTERVAL: Duration = Duration::from_millis(100);
/// Interval in which the thread checks whether the watcher still exists.
const IDLE: Duration = Duration::from_secs(2);

/// A run whose journal has grown, identified by the path of the journal.
#[derive(Clone)]
struct RunKey {
    journal: PathBuf,
    workspace: Weak<dyn WatchedWorkspace>,
    name: TaskName,
    run_index: u32,
}

impl PartialEq for RunKey {
    fn eq(&self, other: &Self) -> bool {
        self.journal == other.journal
    }
}

impl Eq for RunKey {}

impl Hash for RunKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.journal.hash(state);
    }
}

impl RunKey {
    /// The change to publish; `None` if there is nothing new or the workspace is closed.
    fn into_change(self, tails: &mut JournalTails) -> Option<Change> {
        let workspace = self.workspace.upgrade()?;
        let JournalUpdate { cursor, delta, progress } = tails.poll(&self.journal)?;
        if let Some(progress) = progress {
            workspace.set_progress(&self.name, self.run_index, progress);
        }
        let (workspace, name, run_index) =
            (workspace.name().to_string(), self.name.into(), self.run_index);
        Some(Change::MetricsChanged { workspace, name, run_index, cursor, delta, progress })
    }
}

/// The effects of one batch of inotify events, without duplicates.
#[derive(Default)]
struct Batch {
    tasks: HashSet<(PathBuf, TaskName)>,
    workspaces: Vec<Arc<dyn WatchedWorkspace>>,
    journals: HashSet<RunKey>,
    overflow: bool,
}

/// Starts the thread, which publishes changes of metrics on the bus. It ends when the watcher is dropped.
pub(crate) fn start(bus: Arc<EventBus>) -> Arc<Watcher> {
    let watcher = Arc::new(Watcher::new());
    if watcher.inotify.is_some() {
        let weak = Arc::downgrade(&watcher);
        std::thread::spawn(move || run(&weak, &bus));
    }
    watcher
}

/// Runs until the watcher is dropped.
fn run(watcher: &Weak<Watcher>, bus: &EventBus) {
    let mut throttle = Throttle::new(METRICS_INTERVAL);
    let mut tails = JournalTails::default();
    while let Some(watcher) = watcher.upgrade() {
        let now = Instant::now();
        let timeout = throttle.next_due(now).unwrap_or(IDLE);
        let batch = wait_and_read(&watcher, timeout);
        batch.reload();
        let now = Instant::now();
        for key in batch.journals {
            throttle.mark(key, now);
        }
        let due = throttle.take_due(now).into_iter();
        due.filter_map(|key| key.into_change(&mut tails)).for_each(|change| bus.publish(change));
    }
}

fn wait_and_read(watcher: &Watcher, timeout: Duration) -> Batch {
    let mut batch = Batch::default();
    let Some(inotify) = &watcher.inotify else {
        return batch;
    };
    let timespec = Timespec::try_from(timeout).ok();
    let mut fds = [PollFd::new(inotify, PollFlags::IN)];
    if poll(&mut fds, timespec.as_ref()).is_err() {
        return batch;
    }
    let mut buffer = [MaybeUninit::uninit(); 16 * 1024];
    let mut reader = Reader::new(inotify, &mut buffer);
    loop {
        match reader.next() {
            Ok(event) => {
                let file_name = event.file_name().map(|name| name.to_string_lossy().into_owned());
                if event.events().contains(ReadFlags::QUEUE_OVERFLOW) {
                    batch.overflow = true;
                    watcher.record_all();
                } else if event.events().contains(ReadFlags::IGNORED) {
                    watcher.forget(event.wd());
                } else if let Some(target) = watcher.record_change(event.wd()) {
                    batch.add_event(&target, file_name.as_deref().unwrap_or_default());
                }
            }
            Err(Errno::INTR) => {}
            // No more events, or an error that the next read returns again.
            Err(_) => return batch,
        }
    }
}

impl Batch {
    fn add_event(&mut self, target: &Watched, file_name: &str) {
        match target {
            Watched::Tasks(workspace) => {
                // Hidden folders are not tasks.
                if let Ok(name) = TaskName::of_folder(file_name) {
                    self.add_task(workspace, &name);
                }
            }
            Watched::Task(workspace, name) if file_name == "task_info.json" => {
                self.add_task(workspace, name);
            }
            Watched::RunLogs(workspace, name) if run_of(file_name, ".end").is_some() => {
                self.add_task(workspace, name);
            }
            Watched::RunLogs(workspace, name) => {
                let run = run_of(file_name, ".journal.jsonl");
                if let (Some(run_index), Some(of)) = (run, workspace.upgrade()) {
                    let journal = of.task_dir(name).journal(run_index);
                    let (workspace, name) = (workspace.clone(), name.clone());
                    self.journals.insert(RunKey { journal, workspace, name, run_index });
                }
            }
            Watched::Project(project) if file_name == WAKE_FILE => {
                if let Some(project) = project.upgrade() {
                    project.request_sweep();
                }
            }
            Watched::Task(..) | Watched::Project(_) => {}
        }
    }

    fn add_task(&mut self, workspace: &Weak<dyn WatchedWorkspace>, name: &TaskName) {
        let Some(workspace) = workspace.upgrade() else {
            return;
        };
        self.tasks.insert((workspace.root().to_owned(), name.clone()));
        if !self.workspaces.iter().any(|known| known.root() == workspace.root()) {
            self.workspaces.push(workspace);
        }
    }

    fn reload(&self) {
        for workspace in &self.workspaces {
            if self.overflow {
                workspace.anything_changed();
                continue;
            }
            for (_, name) in self.tasks.iter().filter(|(of, _)| of == workspace.root()) {
                workspace.task_changed(name);
            }
        }
    }
}
