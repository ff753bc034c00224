//! Loads all tasks of a workspace, from the cache where it is valid.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use common::TaskName;

use super::cache;
use crate::task::TaskEntry;
use store::parallel::in_parts;
use store::task::TaskDir;
use store::task::scan::scan_infos;

/// Minimum number of folders that are read in parallel.
const MANY: usize = 64;

/// The loaded tasks.
pub(crate) struct LoadedTasks {
    pub(crate) entries: Vec<TaskEntry>,
    /// Number of entries that are not in the cache or differ from it.
    pub(crate) unsaved: usize,
}

/// Loads every task of the workspace at `root`.
///
/// A config that was edited while no server was running is detected by the first sweep, which follows at once.
/// Checking it here would double the cost.
pub(crate) fn load_tasks(root: &Path) -> LoadedTasks {
    let tasks: Arc<Path> = root.join("tasks").into();
    let infos = scan_infos(&tasks);
    let by_name: HashMap<&TaskName, usize> =
        infos.iter().enumerate().map(|(position, (name, _))| (name, position)).collect();
    let known = |name: &TaskName| by_name.get(name).map(|position| (*position, infos[*position].1));
    let mut is_read = vec![false; infos.len()];
    let mut entries = Vec::with_capacity(infos.len());
    for (position, entry) in cache::read(root, &tasks, known) {
        // Duplicate lines are ignored.
        if !std::mem::replace(&mut is_read[position], true) {
            entries.push(entry);
        }
    }
    let rest = infos.into_iter().zip(is_read).filter(|(_, is_read)| !is_read);
    let rest: Vec<TaskDir> = rest.map(|((name, _), _)| TaskDir::new(tasks.clone(), name)).collect();
    let unsaved = rest.len();
    entries.extend(in_parts(rest, MANY, |part| part.into_iter().map(TaskEntry::load).collect()));
    LoadedTasks { entries, unsaved }
}
