//! The tasks of a workspace in memory, kept by events and by looking at the disk.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::ops::Bound;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use common::TaskStatus;

use crate::task::{QueuePlace, TaskDir, TaskEntry};

/// Name → entry. Plain files are the truth; this is rebuilt from them at any time.
#[derive(Default)]
pub(crate) struct Index {
    tables: RwLock<Tables>,
}

#[derive(Default)]
struct Tables {
    entries: HashMap<String, Arc<TaskEntry>>,
    /// Queued tasks in the order in which they are to start, so that nobody ever sorts them.
    queue: BTreeSet<QueuePlace>,
    /// Names of running tasks.
    running: HashSet<String>,
}

impl Index {
    fn read(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Tables> {
        self.tables.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<TaskEntry>> {
        self.read().entries.get(name).cloned()
    }

    /// All entries, in no order.
    pub(crate) fn all(&self) -> Vec<Arc<TaskEntry>> {
        self.read().entries.values().cloned().collect()
    }

    /// All names, in no order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.read().entries.keys().cloned().collect()
    }

    /// Running tasks, in no order.
    pub(crate) fn running(&self) -> Vec<Arc<TaskEntry>> {
        let tables = self.read();
        tables.running.iter().filter_map(|name| tables.entries.get(name)).cloned().collect()
    }

    /// How many tasks are queued.
    pub(crate) fn queued_count(&self) -> usize {
        self.read().queue.len()
    }

    /// The queued task that comes next after a place, or the first one.
    pub(crate) fn queued_after(&self, place: Option<&QueuePlace>) -> Option<Arc<TaskEntry>> {
        let tables = self.read();
        let next = match place {
            Some(place) => tables.queue.range((Bound::Excluded(place), Bound::Unbounded)).next(),
            None => tables.queue.first(),
        };
        next.and_then(|place| tables.entries.get(&place.name)).cloned()
    }

    pub(crate) fn insert(&self, entry: Arc<TaskEntry>) {
        self.write().insert(entry);
    }

    pub(crate) fn extend(&self, entries: impl Iterator<Item = Arc<TaskEntry>>) {
        let mut tables = self.write();
        entries.for_each(|entry| tables.insert(entry));
    }

    pub(crate) fn remove(&self, name: &str) {
        self.write().remove(name);
    }
}

impl Tables {
    fn insert(&mut self, entry: Arc<TaskEntry>) {
        let name = entry.dir.name();
        self.remove(&name);
        if let Some(place) = QueuePlace::of(&entry) {
            self.queue.insert(place);
        }
        if entry.info.status == TaskStatus::Running {
            self.running.insert(name.clone());
        }
        self.entries.insert(name, entry);
    }

    fn remove(&mut self, name: &str) {
        if let Some(place) = self.entries.remove(name).as_deref().and_then(QueuePlace::of) {
            self.queue.remove(&place);
        }
        self.running.remove(name);
    }
}

/// The task folders below `tasks/`: not hidden, with a `task_info.json` or a config in them.
pub(crate) fn task_dirs(tasks: &Path) -> Vec<TaskDir> {
    let Ok(listing) = fs::read_dir(tasks) else {
        return Vec::new();
    };
    listing
        .flatten()
        .filter(|item| !item.file_name().as_encoded_bytes().starts_with(b"."))
        .filter(|item| item.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|item| TaskDir::new(item.path()))
        .filter(|dir| dir.info().exists())
        .collect()
}

/// Reads many folders with as many threads as the machine has cores.
pub(crate) fn load_all(dirs: Vec<TaskDir>) -> Vec<TaskEntry> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if dirs.len() < 64 || threads == 1 {
        return dirs.into_iter().map(TaskEntry::load).collect();
    }
    let share = dirs.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let parts: Vec<_> = dirs
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().cloned().map(TaskEntry::load).collect()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|_| Vec::new())).collect()
    })
}
