//! Reading all tasks of a workspace, most of them from the cache where that is still true.

use std::collections::HashMap;
use std::path::Path;

use super::cache;
use crate::task::TaskEntry;
use store::parallel::in_parts;
use store::task::TaskDir;
use store::task::scan::scan_infos;

/// From how many folders on reading is shared among the cores.
const MANY: usize = 64;

/// What was read.
pub(crate) struct Filled {
    pub(crate) entries: Vec<TaskEntry>,
    /// How many of them the cache did not know as they are.
    pub(crate) unsaved: usize,
}

/// Reads every task of the workspace at `root`.
///
/// A config that was edited while nobody looked is found by the first sweep, which follows at once:
/// looking at it here would cost as much again.
pub(crate) fn fill(root: &Path) -> Filled {
    let tasks = root.join("tasks");
    let seen = scan_infos(&tasks);
    let by_name: HashMap<&str, usize> =
        seen.iter().enumerate().map(|(place, (name, _))| (name.as_str(), place)).collect();
    let known = |name: &str| by_name.get(name).map(|place| (*place, seen[*place].1));
    let mut is_read = vec![false; seen.len()];
    let mut entries = Vec::with_capacity(seen.len());
    for (place, entry) in cache::read(root, known) {
        // A line that stands there twice counts once.
        if !std::mem::replace(&mut is_read[place], true) {
            entries.push(entry);
        }
    }
    let rest = seen.iter().zip(is_read).filter(|(_, is_read)| !is_read);
    let rest: Vec<TaskDir> = rest.map(|((name, _), _)| TaskDir::new(tasks.join(name))).collect();
    let unsaved = rest.len();
    entries.extend(in_parts(rest, MANY, |part| part.into_iter().map(TaskEntry::load).collect()));
    Filled { entries, unsaved }
}
