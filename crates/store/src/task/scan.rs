//! A look at `tasks/`: which tasks there are, and whether their files are those that were read.

use std::fs::{self, File};
use std::path::Path;

use super::TaskDir;
use crate::disk::Stamp;
use crate::parallel::in_parts;

/// From how many tasks on a look is shared among the cores.
const MANY: usize = 1_000;

/// A task's folder as a look at the disk finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Name of the task.
    pub name: String,
    /// Of `task_info.json`.
    pub info: Stamp,
    /// Of `config.yaml` or `config.sh`, all zero where there is none.
    pub config: Stamp,
}

/// The task folders below `tasks/`: not hidden, with a `task_info.json` in them.
#[must_use]
pub fn scan(tasks: &Path) -> Vec<Seen> {
    look(tasks, |tasks, name| {
        let stamp = |file: &str| Stamp::at(tasks, &format!("{name}/{file}"));
        let info = stamp(TaskDir::INFO)?;
        let config = stamp("config.yaml").or_else(|| stamp("config.sh")).unwrap_or_default();
        Some(Seen { name, info, config })
    })
}

/// The same folders, with the stamp of `task_info.json` alone: half the work.
#[must_use]
pub fn scan_infos(tasks: &Path) -> Vec<(String, Stamp)> {
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
