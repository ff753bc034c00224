//! An open workspace.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use common::live::Change;
use common::workspace::WorkspaceKind;

use super::ScriptInfo;
use super::index::{Index, load_all, task_dirs};
use crate::disk::Stamp;
use crate::event::EventBus;
use crate::generator;
use crate::task::view::{Detail, task_view};
use crate::task::{TaskDir, TaskEntry, TaskInfo, store};
use crate::watch::{Watched, Watcher};
use crate::{Error, Result};

/// A workspace's folder, what it runs, and its tasks in memory.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) index: Index,
    info: ScriptInfo,
    bus: Arc<EventBus>,
    watcher: Arc<Watcher>,
    me: Weak<Self>,
    /// One look at the disk at a time, so that events follow the order of the files.
    reloading: Mutex<()>,
}

impl Workspace {
    /// Opens a workspace folder and reads all its tasks.
    pub(crate) fn open(root: PathBuf, bus: Arc<EventBus>, watcher: Arc<Watcher>) -> Arc<Self> {
        generator::recover(&root.join("tasks"));
        let info = ScriptInfo::read(&root);
        let index = Index::default();
        let workspace = Arc::new_cyclic(|me| Self {
            root,
            index,
            info,
            bus,
            watcher,
            me: me.clone(),
            reloading: Mutex::new(()),
        });
        // Watched before it is read: what changes in between is seen.
        workspace.watcher.watch(&workspace.tasks_dir(), Watched::Tasks(Arc::downgrade(&workspace)));
        let entries = load_all(task_dirs(&workspace.tasks_dir()));
        for entry in &entries {
            workspace.watch_if_active(entry);
        }
        workspace.index.extend(entries.into_iter().map(Arc::new));
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
        task_view(entry, &self.name(), detail)
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
        let updated = store::update(&dir, change)?;
        let fresh = Some((updated.info, updated.stamp));
        let entry = self.take_over(name, fresh).ok_or_else(|| Error::task_not_found(name))?;
        Ok((entry, updated.answer))
    }

    /// Looks at one task's file and takes over what changed. `None` when it is gone.
    pub(crate) fn reload(&self, name: &str) -> Option<Arc<TaskEntry>> {
        self.take_over(name, None)
    }

    /// Brings the index up to what the disk holds now. `fresh` is what the caller has just
    /// written; it spares a read unless somebody else wrote after it.
    fn take_over(&self, name: &str, fresh: Option<(TaskInfo, Stamp)>) -> Option<Arc<TaskEntry>> {
        let _one = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = self.task_dir(name);
        let known = self.index.get(name);
        let Some(stamp) = Stamp::of(&dir.info()) else {
            if known.is_some() {
                self.forget(name);
            }
            return None;
        };
        if let Some(entry) = known.as_ref().filter(|entry| entry.stamp == stamp) {
            return Some(entry.clone());
        }
        let read = match fresh.filter(|(_, written)| *written == stamp) {
            Some(fresh) => Ok(fresh),
            None => store::read(&dir),
        };
        let entry = match (&known, read) {
            (Some(known), Ok((info, stamp))) => known.with_info(info, stamp),
            _ => TaskEntry::load(dir),
        };
        Some(self.put(entry, known.is_some()))
    }

    /// Says why a queued task waits, where that changed.
    pub(crate) fn set_wait_reason(&self, name: &str, reason: Option<String>) {
        let _one = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = self.index.get(name).filter(|entry| entry.wait_reason != reason) {
            self.put(TaskEntry { wait_reason: reason, ..(*entry).clone() }, true);
        }
    }

    fn put(&self, entry: TaskEntry, known: bool) -> Arc<TaskEntry> {
        let entry = Arc::new(entry);
        self.watch_if_active(&entry);
        self.index.insert(entry.clone());
        let task = Box::new(self.view(&entry, Detail::Compact));
        let workspace = self.name();
        self.bus.publish(match known {
            true => Change::TaskChanged { workspace, task },
            false => Change::TaskAdded { workspace, task },
        });
        entry
    }

    fn forget(&self, name: &str) {
        self.index.remove(name);
        let (workspace, name) = (self.name(), name.to_owned());
        self.bus.publish(Change::TaskRemoved { workspace, name });
    }

    fn watch_if_active(&self, entry: &TaskEntry) {
        if entry.info.status.is_active() {
            self.watcher.watch_task(&entry.dir, &self.me);
        } else {
            self.watcher.unwatch_task(&entry.dir);
        }
    }

    /// Looks at every task: finds what other programs added, changed or took away.
    pub(crate) fn sweep(&self) {
        let names: HashSet<String> =
            task_dirs(&self.tasks_dir()).iter().map(TaskDir::name).collect();
        let gone: Vec<String> =
            self.index.names().into_iter().filter(|name| !names.contains(name)).collect();
        for name in names.iter().chain(&gone) {
            self.reload(name);
        }
    }
}
