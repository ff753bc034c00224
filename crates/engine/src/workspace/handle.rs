//! An open workspace.

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

use crate::index::{Index, fill};
use crate::runs_table::RunsTable;
use crate::task::TaskEntry;
use crate::task::view::{Detail, task_view};
use crate::tensorboard::EventFigures;
use crate::watch::{TaskPulse, Watched, WatchedWorkspace, Watcher};
use metrics::import::Imports;
use store::task::file::{self, Stored};
use store::task::{TaskDir, TaskInfo};
use store::{Error, Result};

/// A workspace's folder, what it runs, and its tasks in memory.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) index: Index,
    pub(crate) submissions: Submissions,
    /// Folders of other trackers whose runs are shown beside its own.
    pub(crate) imports: Imports,
    /// The table of its runs, made when somebody asks for it.
    pub(crate) runs_table: RunsTable,
    /// What event files beside its tasks tell.
    pub(crate) event_figures: EventFigures,
    /// Why runs failed whose files do not say so.
    pub(crate) failures: Failures,
    info: ScriptInfo,
    pub(super) bus: Arc<EventBus>,
    watcher: Arc<Watcher>,
    pub(super) me: Weak<Self>,
    /// One look at the disk at a time, so that events follow the order of the files.
    reloading: Mutex<()>,
    /// Tasks whose newest run has ended, which their files do not say yet.
    unsettled: Mutex<BTreeSet<String>>,
    /// How many entries the cache on disk does not hold as they are.
    pub(super) unsaved: AtomicUsize,
}

impl Workspace {
    /// Opens a workspace folder and reads all its tasks.
    pub(crate) fn open(root: PathBuf, bus: Arc<EventBus>, watcher: Arc<Watcher>) -> Arc<Self> {
        store::batch::recover(&root.join("tasks"));
        let info = ScriptInfo::read(&root);
        let index = Index::default();
        let workspace = Arc::new_cyclic(|me| Self {
            root,
            index,
            submissions: Submissions::default(),
            imports: Imports::default(),
            runs_table: RunsTable::default(),
            event_figures: EventFigures::default(),
            failures: Failures::default(),
            info,
            bus,
            watcher,
            me: me.clone(),
            reloading: Mutex::new(()),
            unsettled: Mutex::default(),
            unsaved: AtomicUsize::new(0),
        });
        // Watched before it is read: what changes in between is seen.
        let me: Weak<dyn WatchedWorkspace> = workspace.me.clone();
        workspace.watcher.watch(&workspace.tasks_dir(), Watched::Tasks(me));
        let filled = fill(&workspace.root);
        for entry in filled.entries.iter().filter(|entry| entry.brief.status.is_active()) {
            workspace.watch_if_active(entry);
        }
        for entry in filled.entries.iter().filter(|entry| entry.has_stored_end) {
            workspace.note_unsettled(entry.name());
        }
        workspace.index.extend(filled.entries.into_iter().map(Arc::new));
        workspace.unsaved.store(filled.unsaved, Ordering::Relaxed);
        workspace
    }

    /// The folder's name: how requests and events name the workspace.
    pub(crate) fn name(&self) -> String {
        self.root.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(crate) fn info(&self) -> &ScriptInfo {
        &self.info
    }

    pub(crate) fn kind(&self) -> WorkspaceKind {
        self.info.workspace_kind
    }

    pub(crate) fn tasks_dir(&self) -> PathBuf {
        self.root.join("tasks")
    }

    /// The folder `_pyruns_`.
    pub(crate) fn pyruns_dir(&self) -> &Path {
        self.root.parent().unwrap_or(&self.root)
    }

    /// The folder that holds `_pyruns_`.
    pub(crate) fn project_root(&self) -> &Path {
        self.pyruns_dir().parent().unwrap_or(&self.root)
    }

    pub(crate) fn task_dir(&self, name: &str) -> TaskDir {
        TaskDir::new(self.tasks_dir().join(name))
    }

    /// A task by name.
    ///
    /// # Errors
    /// `Task 'x' not found`.
    pub(crate) fn find(&self, name: &str) -> Result<Arc<TaskEntry>> {
        self.index.get(name).ok_or_else(|| Error::task_not_found(name))
    }

    /// A client's view of an entry of this workspace.
    pub(crate) fn view(&self, entry: &TaskEntry, detail: Detail) -> common::Task {
        let mut task = task_view(entry, &self.name(), detail);
        self.failures.complete_cached(&entry.dir, &mut task);
        task
    }

    /// Changes a task's file under its lock, then the index, then tells everybody.
    ///
    /// # Errors
    /// What `change` says, or what reading and writing say.
    pub(crate) fn update<T>(
        &self,
        name: &str,
        change: impl FnOnce(&mut TaskInfo) -> Result<T>,
    ) -> Result<(Arc<TaskEntry>, T)> {
        let dir = self.find(name)?.dir.clone();
        let updated = file::update(&dir, change)?;
        let fresh = Some((updated.info, updated.stamp));
        let entry = self.take_over(name, fresh).ok_or_else(|| Error::task_not_found(name))?;
        Ok((entry, updated.answer))
    }

    /// Looks at one task's file and takes over what changed. `None` when it is gone.
    pub(crate) fn reload(&self, name: &str) -> Option<Arc<TaskEntry>> {
        self.take_over(name, None)
    }

    pub(super) fn one_look(&self) -> MutexGuard<'_, ()> {
        self.reloading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the index up to what the disk holds now. `fresh` is what the caller has just
    /// written; it spares a read unless somebody else wrote after it.
    fn take_over(&self, name: &str, fresh: Option<(TaskInfo, Stamp)>) -> Option<Arc<TaskEntry>> {
        let _one = self.one_look();
        let dir = self.task_dir(name);
        let known = self.index.get(name);
        let Some(stamp) = Stamp::of(&dir.info()) else {
            if known.is_some() {
                self.forget(name);
            }
            return None;
        };
        let is_current = |entry: &&Arc<TaskEntry>| {
            // The end of a run may be told beside the file.
            let has_untold_end = entry.runs() && dir.stored_end(entry.brief.run_index).exists();
            entry.stamp == stamp && entry.has_current_tracks() && !has_untold_end
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
        // A database that is still locked is no news: whoever is told asks again.
        if let Some(known) = known.as_ref().filter(|known| known.cannot_be_read_like(&entry)) {
            return Some(known.clone());
        }
        Some(self.put(entry, known.is_some()))
    }

    /// Says why a queued task waits, where that changed.
    pub(crate) fn set_wait_reason(&self, name: &str, reason: Option<String>) {
        let _one = self.one_look();
        let known = self.index.get(name);
        if let Some(entry) = known.filter(|entry| entry.wait_reason.as_deref() != reason.as_deref())
        {
            let wait_reason = reason.map(String::into_boxed_str);
            self.put(TaskEntry { wait_reason, ..(*entry).clone() }, true);
        }
    }

    /// Notes what a running task said of its progress. Whoever follows its metrics is told with them.
    pub(crate) fn set_progress(&self, name: &str, run_index: u32, progress: RunProgress) {
        let _one = self.one_look();
        let known = self.index.get(name);
        let of_run = |entry: &&Arc<TaskEntry>| entry.runs() && entry.brief.run_index == run_index;
        if let Some(entry) = known.as_ref().filter(of_run) {
            let progress = Some(progress);
            self.index.insert(Arc::new(TaskEntry { progress, ..(**entry).clone() }));
        }
    }

    pub(super) fn put(&self, entry: TaskEntry, known: bool) -> Arc<TaskEntry> {
        let entry = Arc::new(entry);
        self.watch_if_active(&entry);
        if entry.has_stored_end {
            self.note_unsettled(entry.name());
        }
        self.index.insert(entry.clone());
        self.unsaved.fetch_add(1, Ordering::Relaxed);
        let task = Box::new(self.view(&entry, Detail::Compact));
        let workspace = self.name();
        self.bus.publish(match known {
            true => Change::TaskChanged { workspace, task },
            false => Change::TaskAdded { workspace, task },
        });
        entry
    }

    fn note_unsettled(&self, name: &str) {
        let mut unsettled = self.unsettled.lock().unwrap_or_else(PoisonError::into_inner);
        unsettled.insert(name.to_owned());
    }

    /// Tasks whose newest run has ended, which their files do not say yet.
    pub(crate) fn unsettled(&self) -> Vec<Arc<TaskEntry>> {
        let mut unsettled = self.unsettled.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        unsettled.retain(|name| {
            let entry = self.index.get(name).filter(|entry| entry.has_stored_end);
            found.extend(entry.clone());
            entry.is_some()
        });
        found
    }

    fn forget(&self, name: &str) {
        self.index.remove(name);
        let (workspace, name) = (self.name(), name.to_owned());
        self.bus.publish(Change::TaskRemoved { workspace, name });
    }

    /// A place to wait for the logs of a task, which is watched meanwhile whatever its state is.
    pub(crate) fn pulse(&self, dir: &TaskDir) -> TaskPulse {
        self.watcher.pulse_of_task(dir, &self.watched())
    }

    fn watch_if_active(&self, entry: &TaskEntry) {
        if entry.brief.status.is_active() {
            self.watcher.watch_task(&entry.dir, &self.watched());
        } else {
            self.watcher.unwatch_task(&entry.dir);
        }
    }

    fn watched(&self) -> Weak<dyn WatchedWorkspace> {
        self.me.clone()
    }
}

impl WatchedWorkspace for Workspace {
    fn name(&self) -> String {
        self.name()
    }

    fn root(&self) -> &Path {
        &self.root
    }

    fn task_dir(&self, name: &str) -> TaskDir {
        self.task_dir(name)
    }

    fn task_changed(&self, name: &str) {
        self.reload(name);
    }

    fn anything_changed(&self) {
        self.sweep();
    }

    fn set_progress(&self, name: &str, run_index: u32, progress: RunProgress) {
        self.set_progress(name, run_index, progress);
    }
}
