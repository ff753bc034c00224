//! Scans `tasks/` for task folders and the stamps of their files. The index compares the stamps to
//! find the tasks that have changed.

use std::fs::{self, File};
use std::path::Path;

use common::TaskName;

use super::TaskDir;
use crate::disk::Stamp;
use crate::parallel::in_parts;

/// From this many tasks on, a scan uses several threads.
const PARALLEL_MIN_TASKS: usize = 1_000;

/// A task's folder as found by a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedTask {
    /// Name of the task.
    pub name: TaskName,
    /// Stamp of `task_info.json`.
    pub info: Stamp,
    /// Stamp of `config.yaml` or `config.sh`, all zero where there is neither.
    pub config: Stamp,
}

/// The task folders below `tasks/`: not hidden, with a `task_info.json` in them.
#[must_use]
pub fn scan(tasks: &Path) -> Vec<ScannedTask> {
    scan_folders(tasks, |tasks, name| {
        let stamp = |file: &str| Stamp::at(tasks, &format!("{name}/{file}"));
        let info = stamp(TaskDir::INFO)?;
        let config = stamp("config.yaml").or_else(|| stamp("config.sh")).unwrap_or_default();
        Some(ScannedTask { name, info, config })
    })
}

/// The same folders with the stamp of `task_info.json` only: half the cost.
#[must_use]
pub fn scan_infos(tasks: &Path) -> Vec<(TaskName, Stamp)> {
    scan_folders(tasks, |tasks, name| {
        let stamp = Stamp::at(tasks, &format!("{name}/{}", TaskDir::INFO))?;
        Some((name, stamp))
    })
}

fn scan_folders<T: Send>(
    tasks: &Path,
    stat_task: impl Fn(&File, TaskName) -> Option<T> + Sync,
) -> Vec<T> {
    let (Ok(listing), Ok(dir)) = (fs::read_dir(tasks), File::open(tasks)) else {
        return Vec::new();
    };
    let names: Vec<TaskName> = listing
        .flatten()
        .filter_map(|item| TaskName::of_folder(item.file_name().to_str()?).ok())
        .collect();
    let work =
        |names: Vec<TaskName>| names.into_iter().filter_map(|name| stat_task(&dir, name)).collect();
    in_parts(names, PARALLEL_MIN_TASKS, work)
}
