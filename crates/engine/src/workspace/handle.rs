//! An open workspace and the updates of its index.
//!
//! Invariant: the index, its watches and the published events change together, under `refresh_lock`, so that events
//! follow the order of the files.

use common::{TaskName, WorkspaceName};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use common::live::Change;
use common::metric::RunProgress;
use common::workspace::WorkspaceKind;

use super::submissions::Submissions;
use crate::event::EventBus;
use logs::failure::Failures;
use store::disk::Stamp;
use store::script_info::ScriptInfo;

use crate::index::{Index, load_tasks};
use crate::runs_table::RunsTable;
use crate::task::TaskEntry;
use crate::task::view::{Detail, task_view};
use crate::tensorboard::EventFileStatistics;
use crate::watch::{TaskChanges, Watched, WatchedWorkspace, Watcher};
use metrics::import::Imports;
use store::task::file::{self, Stored};
use store::task::{TaskDir, TaskInfo};
use store::{Error, Result};

/// An open workspace: its folder, its script, and the index of its tasks.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) index: Index,
    pub(crate) submissions: Submissions,
    /// Imported folders of other trackers.
    pub(crate) imports: Imports,
    /// The runs table, filled by the first request.
    pub(crate) runs_table: RunsTable,
    /// Statistics of the event files of its tasks.
    pub(crate) event_statistics: EventFileStatistics,
    /// Failure summaries of runs whose files do not contain one.
    pub(crate) failures: Failures,
    info: ScriptInfo,
    name: WorkspaceName,
    /// The folder of its tasks.
    tasks: Arc<Path>,
    pub(super) bus: Arc<EventBus>,
    watcher: Arc<Watcher>,
    pub(super) weak_self: Weak<Self>,
    /// Held while an entry is refreshed.
    refresh_lock: Mutex<()>,
    /// Tasks whose newest run has ended, but whose file does not contain the end yet.
    unfinalized: Mutex<BTreeSet<TaskName>>,
    /// Number of entries that differ from the cache on disk.
    pub(super) unsaved: AtomicUsize,
}

impl Workspace {
    /// Opens a workspace folder and loads all its tasks.
    pub(crate) fn open(
        root: PathBuf,
        name: WorkspaceName,
        bus: Arc<EventBus>,
        watcher: Arc<Watcher>,
    ) -> Arc<Self> {
        store::batch::recover(&root.join("tasks"));
        let info = ScriptInfo::read(&root);
        let index = Index::default();
        let workspace = Arc::new_cyclic(|weak_self| Self {
            name,
            tasks: root.join("tasks").into(),
            root,
            index,
            submissions: Submissions::default(),
            imports: Imports::default(),
            runs_table: RunsTable::default(),
            event_statistics: EventFileStatistics::default(),
            failures: Failures::default(),
            info,
            bus,
            watcher,
            weak_self: weak_self.clone(),
            refresh_lock: Mutex::new(()),
            unfinalized: Mutex::default(),
            unsaved: AtomicUsize::new(0),
        });
        // The folder is watched before it is read, so that no change is missed.
        let weak: Weak<dyn WatchedWorkspace> = workspace.weak_self.clone();
        workspace.watcher.watch(workspace.tasks_dir(), Watched::Tasks(weak));
        let filled = load_tasks(&workspace.root);
        for entry in filled.entries.iter().filter(|entry| entry.summary.status.is_active()) {
            workspace.watch_if_active(entry);
        }
        for entry in filled.entries.iter().filter(|entry| entry.has_stored_end) {
            workspace.mark_unfinalized(entry.name());
        }
        workspace.index.extend(filled.entries.into_iter().map(Arc::new));
        workspace.unsaved.store(filled.unsaved, Ordering::Relaxed);
        workspace
    }

    /// The name of the folder, which identifies the workspace in requests and events.
    pub(crate) fn name(&self) -> &WorkspaceName {
        &self.name
    }

    pub(crate) fn info(&self) -> &ScriptInfo {
        &self.info
    }

    pub(crate) fn kind(&self) -> WorkspaceKind {
        self.info.workspace_kind
    }

    pub(crate) fn tasks_dir(&self) -> &Path {
        &self.tasks
    }

    /// The folder `_pyruns_`.
    pub(crate) fn pyruns_dir(&self) -> &Path {
        self.root.parent().unwrap_or(&self.root)
    }

    /// The folder that contains `_pyruns_`.
    pub(crate) fn project_root(&self) -> &Path {
        self.pyruns_dir().parent().unwrap_or(&self.root)
    }

    pub(crate) fn task_dir(&self, name: &TaskName) -> TaskDir {
        TaskDir::new(self.tasks.clone(), name.clone())
    }

    /// A task by name.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub(crate) fn find(&self, name: &TaskName) -> Result<Arc<TaskEntry>> {
        self.index.get(name).ok_or_else(|| Error::task_not_found(name))
    }

    /// A client's view of an entry of this workspace.
    pub(crate) fn view(&self, entry: &TaskEntry, detail: Detail) -> common::Task {
        let mut task = task_view(entry, self.name().as_str(), detail);
        self.failures.complete_cached(&entry.dir, &mut task);
        task
    }

    /// Changes a task's file under its lock, updates the index and publishes the change.
    ///
    /// # Errors
    /// The error of `change`, or an I/O error.
    pub(crate) fn update<T>(
        &self,
        name: &TaskName,
        change: impl FnOnce(&mut TaskInfo) -> Result<T>,
    ) -> Result<(Arc<TaskEntry>, T)> {
        let dir = self.find(name)?.dir.clone();
        let updated = file::update(&dir, change)?;
        let fresh = Some((updated.info, updated.stamp));
        let entry = self.refresh_entry(name, fresh).ok_or_else(|| Error::task_not_found(name))?;
        Ok((entry, updated.answer))
    }

    /// Reads a task's file again if it has changed. `None` if the task does not exist.
    pub(crate) fn reload(&self, name: &TaskName) -> Option<Arc<TaskEntry>> {
        self.refresh_entry(name, None)
    }

    pub(super) fn lock_refresh(&self) -> MutexGuard<'_, ()> {
        self.refresh_lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Updates the index from the disk. `fresh` is the content that the caller has just written; it saves a read if no
    /// other process has written since.
    fn refresh_entry(
        &self,
        name: &TaskName,
        fresh: Option<(TaskInfo, Stamp)>,
    ) -> Option<Arc<TaskEntry>> {
        let _lock = self.lock_refresh();
        let dir = self.task_dir(name);
        let known = self.index.get(name);
        let Some(stamp) = Stamp::of(&dir.info()) else {
            if known.is_some() {
                self.remove_entry(name);
            }
            return None;
        };
        let is_current = |entry: &&Arc<TaskEntry>| {
            // The end of a run may be in a separate file.
            let has_new_end =
                entry.is_running() && dir.stored_end(entry.summary.run_index).exists();
            entry.stamp == stamp && entry.has_current_tracks() && !has_new_end
        };
        if let Some(entry) = known.as_ref().filter(is_current) {
            return Some(entry.clone());
        }
        let read = match fresh.filter(|(_, written)| *written == stamp) {
            Some((info, stamp)) => Ok(Stored { info, stamp, has_stored_end: false }),
            None => file::read_with_end(&dir),
        };
        let entry = match (&known, read) {
            (Some(known), Ok(stored)) => known.with_info(stored),
            _ => TaskEntry::load(dir),
        };
        // An unchanged error is not published, because clients would request the task again and cause a loop.
        if let Some(known) = known.as_ref().filter(|known| known.has_same_load_error(&entry)) {
            return Some(known.clone());
        }
        Some(self.store_entry(entry, known.is_some()))
    }

    /// Sets the wait reason of a queued task and publishes it if it has changed.
    pub(crate) fn set_wait_reason(&self, name: &TaskName, reason: Option<String>) {
        let _lock = self.lock_refresh();
        let known = self.index.get(name);
        if let Some(entry) = known.filter(|entry| entry.wait_reason.as_deref() != reason.as_deref())
        {
            let wait_reason = reason.map(String::into_boxed_str);
            self.store_entry(TaskEntry { wait_reason, ..(*entry).clone() }, true);
        }
    }

    /// Stores the progress of a running task. It is published with the task's metrics.
    pub(crate) fn set_progress(&self, name: &TaskName, run_index: u32, progress: RunProgress) {
        let _lock = self.lock_refresh();
        let known = self.index.get(name);
        let of_run =
            |entry: &&Arc<TaskEntry>| entry.is_running() && entry.summary.run_index == run_index;
        if let Some(entry) = known.as_ref().filter(of_run) {
            let progress = Some(progress);
            self.index.insert(Arc::new(TaskEntry { progress, ..(**entry).clone() }));
        }
    }

    pub(super) fn store_entry(&self, entry: TaskEntry, known: bool) -> Arc<TaskEntry> {
        let entry = Arc::new(entry);
        self.watch_if_active(&entry);
        if entry.has_stored_end {
            self.mark_unfinalized(entry.name());
        }
        self.index.insert(entry.clone());
        self.unsaved.fetch_add(1, Ordering::Relaxed);
        let task = Box::new(self.view(&entry, Detail::Compact));
        let workspace = self.name().to_string();
        self.bus.publish(match known {
            true => Change::TaskChanged { workspace, task },
            false => Change::TaskAdded { workspace, task },
        });
        entry
    }

    fn mark_unfinalized(&self, name: &TaskName) {
        let mut unfinalized = self.unfinalized.lock().unwrap_or_else(PoisonError::into_inner);
        unfinalized.insert(name.clone());
    }

    /// Tasks whose newest run has ended, but whose file does not contain the end yet.
    pub(crate) fn unfinalized(&self) -> Vec<Arc<TaskEntry>> {
        let mut unfinalized = self.unfinalized.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        unfinalized.retain(|name| {
            let entry = self.index.get(name).filter(|entry| entry.has_stored_end);
            found.extend(entry.clone());
            entry.is_some()
        });
        found
    }

    fn remove_entry(&self, name: &TaskName) {
        self.index.remove(name);
        let (workspace, name) = (self.name().to_string(), name.to_string());
        self.bus.publish(Change::TaskRemoved { workspace, name });
    }

    /// Subscribes to changes of a task's logs. The task is watched meanwhile, regardless of its status.
    pub(crate) fn task_changes(&self, dir: &TaskDir) -> TaskChanges {
        self.watcher.changes_of_task(dir, &self.as_watched())
    }

    fn watch_if_active(&self, entry: &TaskEntry) {
        if entry.summary.status.is_active() {
            self.watcher.watch_task(&entry.dir, &self.as_watched());
        } else {
            self.watcher.unwatch_task(&entry.dir);
        }
    }

    fn as_watched(&self) -> Weak<dyn WatchedWorkspace> {
        self.weak_self.clone()
    }
}

impl WatchedWorkspace for Workspace {
    fn name(&self) -> &WorkspaceName {
        self.name()
    }

    fn root(&self) -> &Path {
        &self.root
    }

    fn task_dir(&self, name: &TaskName) -> TaskDir {
        self.task_dir(name)
    }

    fn task_changed(&self, name: &TaskName) {
        self.reload(name);
    }

    fn anything_changed(&self) {
        self.sweep();
    }

    fn set_progress(&self, name: &TaskName, run_index: u32, progress: RunProgress) {
        self.set_progress(name, run_index, progress);
    }
}
