//! Creates the folders of a batch atomically: all of them appear, or none.
//!
//! The folders are written to `tasks/.staging/…`, then a list of their names is written there (the
//! commit), then each folder is renamed into place. If the process dies before the list is written,
//! [`recover`] removes the staging folder; if it dies after, [`recover`] completes the renames.
//! [`recover`] runs when a workspace is opened.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use common::TaskName;
use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::disk::{FileLock, create_folders, open_empty, sync_dir, sync_file_system, write_atomic};
use crate::task::{TaskDir, TaskInfo};
use crate::{Error, Result, clock};

const FOLDER: &str = ".staging";
const LIST: &str = "names.json";
const LOCK: &str = ".create.lock";
/// From this many tasks on, one sync of the file system replaces one per file.
const BATCH_SYNC_MIN_TASKS: u64 = 50;

/// A batch that is being written.
pub struct Staging {
    tasks: PathBuf,
    root: PathBuf,
    names: Vec<String>,
    /// Whether files are written without syncing each one; `commit` then syncs the file system
    /// once.
    batch_sync: bool,
    _lock: FileLock,
    committed: bool,
}

impl Staging {
    /// Begins a batch of `count` tasks. Only one batch of a workspace is written at a time.
    ///
    /// # Errors
    /// When a folder cannot be created or the lock cannot be taken.
    pub fn begin(tasks: &Path, count: u64) -> Result<Self> {
        create_folders(tasks).map_err(Error::io("creating", tasks))?;
        let lock = FileLock::wait(&tasks.join(LOCK))?;
        let unique = format!("{}-{}", std::process::id(), clock::epoch_us());
        let root = tasks.join(FOLDER).join(unique);
        create_folders(&root).map_err(Error::io("creating", &root))?;
        let tasks = tasks.to_owned();
        let batch_sync = count >= BATCH_SYNC_MIN_TASKS;
        Ok(Self { tasks, root, names: Vec::new(), batch_sync, _lock: lock, committed: false })
    }

    /// Writes one task's folder.
    ///
    /// # Errors
    /// When a file of the task cannot be written.
    pub fn add(&mut self, info: &TaskInfo, config_text: &str) -> Result<()> {
        let dir = TaskDir::new(self.root.as_path().into(), TaskName::of_folder(&info.name)?);
        let logs = dir.run_logs();
        create_folders(&logs).map_err(Error::io("creating", &logs))?;
        self.write(&dir.config(info.task_kind.config_file()), config_text)?;
        self.write(&dir.info(), &info.to_text())?;
        self.names.push(info.name.clone());
        Ok(())
    }

    fn write(&self, path: &Path, text: &str) -> Result<()> {
        match self.batch_sync {
            // The file is not visible before the batch is committed.
            true => open_empty(path)
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .map_err(Error::io("writing", path)),
            false => write_atomic(path, text.as_bytes()),
        }
    }

    /// Checks that no task with one of the names exists.
    ///
    /// # Errors
    /// The error names the first task that exists.
    pub fn check_names(&self) -> Result<()> {
        match self.names.iter().find(|name| self.tasks.join(name).exists()) {
            Some(name) => Err(Error::invalid(format!("Task '{name}' already exists."))),
            None => Ok(()),
        }
    }

    /// Commits the batch: its tasks become visible.
    ///
    /// # Errors
    /// When one of the names is taken, or a write fails; then no task of the batch is left.
    pub fn commit(mut self) -> Result<()> {
        self.check_names()?;
        let list = serde_json::to_string(&self.names).unwrap_or_default();
        match self.batch_sync {
            true => sync_file_system(&self.root)?,
            false => sync_dir(&self.root)?,
        }
        write_atomic(&self.root.join(LIST), list.as_bytes())?;
        self.committed = true;
        complete(&self.tasks, &self.root, &self.names)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            // If the removal fails, the folder stays hidden; `recover` removes it later.
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

/// Renames what is still in a committed staging folder into place.
fn complete(tasks: &Path, root: &Path, names: &[String]) -> Result<()> {
    for name in names {
        let (from, to) = (root.join(name), tasks.join(name));
        match renameat_with(CWD, &from, CWD, &to, RenameFlags::NOREPLACE) {
            Ok(()) => {}
            // Renamed before an earlier crash.
            Err(rustix::io::Errno::NOENT) if to.exists() => {}
            Err(errno) => return Err(Error::io("moving into place", &from)(errno.into())),
        }
    }
    sync_dir(tasks)?;
    fs::remove_dir_all(root).map_err(Error::io("removing", root))
}

/// Completes or removes the staging folders that a crash left behind. Called when a workspace is
/// opened.
pub fn recover(tasks: &Path) {
    let Ok(listing) = fs::read_dir(tasks.join(FOLDER)) else {
        return;
    };
    let leftover: Vec<PathBuf> = listing.flatten().map(|item| item.path()).collect();
    if leftover.is_empty() {
        return;
    }
    // If the lock is held, the process that writes the batch is still alive.
    let Ok(Some(_lock)) = FileLock::attempt(&tasks.join(LOCK)) else {
        return;
    };
    for root in leftover {
        let list = fs::read_to_string(root.join(LIST)).unwrap_or_default();
        let recovered = match serde_json::from_str::<Vec<String>>(&list) {
            Ok(names) => complete(tasks, &root, &names),
            Err(_) => fs::remove_dir_all(&root).map_err(Error::io("removing", &root)),
        };
        if let Err(error) = recovered {
            tracing::warn!(%error, "could not complete or remove an unfinished batch");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(name: &str) -> TaskInfo {
        TaskInfo::named(name)
    }

    fn visible(tasks: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            crate::task::scan::scan(tasks).into_iter().map(|task| task.name.into()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_batch_is_created_atomically() {
        let temp = tempfile::tempdir().unwrap();
        let mut staging = Staging::begin(temp.path(), 2).unwrap();
        staging.add(&info("a"), "x: 1\n").unwrap();
        staging.add(&info("b"), "x: 2\n").unwrap();
        assert!(visible(temp.path()).is_empty());
        staging.commit().unwrap();
        assert_eq!(visible(temp.path()), ["a", "b"]);
    }

    #[test]
    fn a_taken_name_leaves_no_task_behind() {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir(temp.path().join("b")).unwrap();
        let mut staging = Staging::begin(temp.path(), 2).unwrap();
        staging.add(&info("a"), "").unwrap();
        staging.add(&info("b"), "").unwrap();
        let error = staging.commit().unwrap_err();
        assert_eq!(error.to_string(), "Task 'b' already exists.");
        assert!(visible(temp.path()).is_empty());
    }

    #[test]
    fn a_death_before_the_list_throws_away_and_one_after_it_completes() {
        let temp = tempfile::tempdir().unwrap();
        let mut staging = Staging::begin(temp.path(), 2).unwrap();
        staging.add(&info("a"), "").unwrap();
        staging.committed = true; // As if killed: nothing is cleaned up.
        let root = staging.root.clone();
        drop(staging);
        fs::write(root.join(LIST), "[\"a\"]").unwrap();
        let unlisted = temp.path().join(".staging/1-1");
        fs::create_dir_all(unlisted.join("z")).unwrap();
        recover(temp.path());
        assert_eq!(visible(temp.path()), ["a"]);
        assert!(!unlisted.exists() && !root.exists());
    }
}
