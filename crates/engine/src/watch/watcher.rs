//! The table of watched folders, based on inotify.

use std::collections::HashMap;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
use tokio::sync::watch;

use super::target::{Watched, WatchedWorkspace};
use store::task::TaskDir;

/// Watches folders. Without inotify nothing is watched, and sweeps find the changes later.
pub(crate) struct Watcher {
    pub(super) inotify: Option<OwnedFd>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    by_id: HashMap<i32, Watch>,
    by_path: HashMap<PathBuf, i32>,
}

struct Watch {
    target: Option<Watched>,
    /// The engine watches the folder itself, not only subscribers.
    is_permanent: bool,
    version: watch::Sender<u64>,
}

impl Watcher {
    /// Opens inotify. [`start`](super::start) starts the thread that reads it.
    pub(super) fn new() -> Self {
        let opened = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK);
        if let Err(errno) = &opened {
            tracing::warn!(%errno, "inotify is not available: changes on disk are found by polling");
        }
        Self { inotify: opened.ok(), table: Mutex::default() }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches a folder for the engine.
    pub(crate) fn watch(&self, path: &Path, target: Watched) {
        let mut table = self.table();
        if let Some(watch) = self.entry(&mut table, path) {
            watch.target = Some(target);
            watch.is_permanent = true;
        }
    }

    /// Watches an active task: its file, logs and journals.
    pub(crate) fn watch_task(&self, dir: &TaskDir, workspace: &Weak<dyn WatchedWorkspace>) {
        let [task, logs] = targets(dir, workspace);
        self.watch(&dir.path(), task);
        self.watch(&dir.run_logs(), logs);
    }

    /// Stops watching a task that has ended.
    pub(crate) fn unwatch_task(&self, dir: &TaskDir) {
        let mut table = self.table();
        for path in [&dir.path(), &dir.run_logs()] {
            if let Some(id) = table.by_path.get(path).copied() {
                if let Some(watch) = table.by_id.get_mut(&id) {
                    watch.is_permanent = false;
                }
                self.remove_if_unused(&mut table, path, id);
            }
        }
    }

    /// Subscribes to changes in a folder, which is watched as `target` while there are receivers. `None` if it cannot
    /// be watched.
    pub(super) fn subscribe(&self, path: &Path, target: Watched) -> Option<watch::Receiver<u64>> {
        let mut table = self.table();
        let watch = self.entry(&mut table, path)?;
        watch.target = Some(target);
        Some(watch.version.subscribe())
    }

    /// Called when a subscription ends.
    pub(super) fn unsubscribe(&self, path: &Path) {
        let mut table = self.table();
        if let Some(id) = table.by_path.get(path).copied() {
            self.remove_if_unused(&mut table, path, id);
        }
    }

    /// Notifies the subscribers of a folder. Returns the folder's kind.
    pub(super) fn record_change(&self, id: i32) -> Option<Watched> {
        let table = self.table();
        let watch = table.by_id.get(&id)?;
        watch.version.send_modify(|version| *version += 1);
        watch.target.clone()
    }

    /// Notifies all subscribers, because events were lost.
    pub(super) fn record_all(&self) {
        for watch in self.table().by_id.values() {
            watch.version.send_modify(|version| *version += 1);
        }
    }

    /// Removes a folder that the kernel no longer watches.
    pub(super) fn forget(&self, id: i32) {
        let mut table = self.table();
        table.by_id.remove(&id);
        table.by_path.retain(|_, known| *known != id);
    }

    fn entry<'a>(&self, table: &'a mut Table, path: &Path) -> Option<&'a mut Watch> {
        let flags = WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE
            | WatchFlags::ONLYDIR;
        let id = match table.by_path.get(path) {
            Some(id) => *id,
            None => inotify::add_watch(self.inotify.as_ref()?, path, flags).ok()?,
        };
        table.by_path.insert(path.to_owned(), id);
        let fresh = || Watch { target: None, is_permanent: false, version: watch::Sender::new(0) };
        Some(table.by_id.entry(id).or_insert_with(fresh))
    }

    fn remove_if_unused(&self, table: &mut Table, path: &Path, id: i32) {
        let receivers = |watch: &Watch| watch.version.receiver_count();
        let is_used =
            table.by_id.get(&id).is_some_and(|watch| watch.is_permanent || receivers(watch) > 0);
        if !is_used {
            table.by_id.remove(&id);
            table.by_path.remove(path);
            if let Some(inotify) = &self.inotify {
                // The folder may have been deleted, and its watch with it.
                let _ = inotify::remove_watch(inotify, id);
            }
        }
    }
}

/// The watch targets of a task's folder and of its log folder.
pub(super) fn targets(dir: &TaskDir, workspace: &Weak<dyn WatchedWorkspace>) -> [Watched; 2] {
    let task = Watched::Task(workspace.clone(), dir.name().clone());
    [task, Watched::RunLogs(workspace.clone(), dir.name().clone())]
}
