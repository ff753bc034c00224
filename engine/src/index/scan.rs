//! A look at `tasks/`: which tasks there are, and whether their files are those that were read.

use std::fs::{self, File};
use std::path::Path;

use crate::disk::Stamp;
use crate::task::TaskDir;

/// From how many tasks on a look is shared among the cores.
const MANY: usize = 1_000;

/// A task's folder as a look at the disk finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) name: String,
    /// Of `task_info.json`.
    pub(crate) info: Stamp,
    /// Of `config.yaml` or `config.sh`, all zero where there is none.
    pub(crate) config: Stamp,
}

/// The task folders below `tasks/`: not hidden, with a `task_info.json` in them.
pub(crate) fn scan(tasks: &Path) -> Vec<Seen> {
    look(tasks, |tasks, name| {
        let stamp = |file: &str| Stamp::at(tasks, &format!("{name}/{file}"));
        let info = stamp(TaskDir::INFO)?;
        let config = stamp("config.yaml").or_else(|| stamp("config.sh")).unwrap_or_default();
        Some(Seen { name, info, config })
    })
}

/// The same folders, with the stamp of `task_info.json` alone: half the work.
pub(super) fn scan_infos(tasks: &Path) -> Vec<(String, Stamp)> {
    look(tasks, |tasks, name| {
        let stamp = Stamp::at(tasks, &format!("{name}/{}", TaskDir::INFO))?;
        Some((name, stamp))
    })
}

fn look<T: Send>(tasks: &Path, see: impl Fn(&File, String) -> Option<T> + Sync) -> Vec<T> {
    let (Ok(listing), Ok(dir)) = (fs::read_dir(tasks), File::open(tasks)) else {
        return Vec::new();
    };
    let names: Vec<String> = listing
        .flatten()
        .filter_map(|item| item.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    let work = |names: Vec<String>| names.into_iter().filter_map(|name| see(&dir, name)).collect();
    in_parts(names, MANY, work)
}

/// Does work on a list, keeping its order, with as many threads as the machine has cores, when there is enough of it.
pub(crate) fn in_parts<T: Send, R: Send>(
    mut items: Vec<T>,
    many: usize,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if items.len() < many || threads == 1 {
        return work(items);
    }
    let share = items.len().div_ceil(threads);
    let mut parts = Vec::new();
    while items.len() > share {
        parts.push(items.split_off(items.len() - share));
    }
    parts.push(items);
    parts.reverse();
    let work = &work;
    std::thread::scope(|scope| {
        let parts: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || work(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}
