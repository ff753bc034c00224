//! Paths of the files of a task.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::TaskName;

use crate::Result;
use crate::disk::{Folder, open_beneath, read_beneath};

/// A task's folder and the names of the files in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaskDir {
    /// The folder of all tasks, shared by the tasks of a workspace.
    tasks: Arc<Path>,
    name: TaskName,
}

impl TaskDir {
    /// The file with the state of the task.
    pub const INFO: &str = "task_info.json";

    /// The task of this name in the folder `tasks`; its own folder need not exist.
    #[must_use]
    pub fn new(tasks: Arc<Path>, name: TaskName) -> Self {
        Self { tasks, name }
    }

    /// The task whose folder is at `path`; the folder need not exist.
    ///
    /// # Errors
    /// If the last component of `path` cannot be the name of a task.
    pub fn at(path: &Path) -> Result<Self> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = TaskName::of_folder(name)?;
        Ok(Self { tasks: path.parent().unwrap_or(path).into(), name })
    }

    /// Path of the folder.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.tasks.join(self.name.as_str())
    }

    /// The folder of all tasks.
    #[must_use]
    pub fn tasks(&self) -> &Path {
        &self.tasks
    }

    /// The folder's name, which is the task's.
    #[must_use]
    pub fn name(&self) -> &TaskName {
        &self.name
    }

    /// Opens one of the task's files for reading. Links may lead to other tasks, but not out of the
    /// folder of all tasks.
    ///
    /// # Errors
    /// When there is no such file, or a link leads out of the folder of all tasks.
    pub fn open(&self, below: impl AsRef<Path>) -> io::Result<File> {
        let (tasks, name) = self.split();
        open_beneath(tasks, &name.join(below))
    }

    /// Reads one of the task's files, with the same rules for links.
    ///
    /// # Errors
    /// As [`open`](Self::open), or when it cannot be read.
    pub fn read(&self, below: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let (tasks, name) = self.split();
        read_beneath(tasks, &name.join(below))
    }

    /// Opens the task's folder and holds it open, in order to write in it.
    ///
    /// # Errors
    /// When there is no such folder, or a link leads out of the folder of all tasks.
    pub fn hold(&self) -> io::Result<Folder> {
        let (tasks, name) = self.split();
        Folder::beneath(tasks, name)
    }

    /// Opens the folder with the files of its runs and holds it open.
    ///
    /// # Errors
    /// As [`hold`](Self::hold).
    pub fn hold_run_logs(&self) -> io::Result<Folder> {
        let (tasks, name) = self.split();
        Folder::beneath(tasks, &name.join("run_logs"))
    }

    fn split(&self) -> (&Path, &Path) {
        (&self.tasks, Path::new(self.name.as_str()))
    }

    /// Path of `task_info.json`.
    #[must_use]
    pub fn info(&self) -> PathBuf {
        self.path().join(Self::INFO)
    }

    /// Path of the configuration file with the given name.
    #[must_use]
    pub fn config(&self, file_name: &str) -> PathBuf {
        self.path().join(file_name)
    }

    /// Path of the folder with the files of all runs.
    #[must_use]
    pub fn run_logs(&self) -> PathBuf {
        self.path().join("run_logs")
    }

    /// Path of the log of a run.
    #[must_use]
    pub fn log(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.log"))
    }

    /// The file that `track()` and `record()` append to while the run is active.
    #[must_use]
    pub fn journal(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.journal.jsonl"))
    }

    /// The folder for files that the run produces.
    #[must_use]
    pub fn artifacts(&self, run_index: u32) -> PathBuf {
        self.path().join("artifacts").join(format!("run{run_index}"))
    }

    /// The name of the journal, as in `task_info.json`.
    #[must_use]
    pub fn journal_name(&self, run_index: u32) -> String {
        format!("run_logs/run{run_index}.journal.jsonl")
    }

    /// Overview of a long journal, from which its curves are drawn without reading the journal.
    #[must_use]
    pub fn overview(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.overview"))
    }

    /// The provenance note of the run.
    #[must_use]
    pub fn provenance(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.provenance.json"))
    }

    /// Locked by the supervisor as long as it lives.
    #[must_use]
    pub fn run_lock(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.lock"))
    }

    /// Reserved space for the end of a run, allocated when it begins.
    #[must_use]
    pub fn reserve(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.reserve"))
    }

    /// The stored end of the run, while it cannot be written to the task's file.
    #[must_use]
    pub fn stored_end(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.end"))
    }

    /// Its existence asks the supervisor to cancel the run.
    #[must_use]
    pub fn cancel_marker(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(cancel_marker_name(run_index))
    }

    /// Times at which the log had certain lengths.
    #[must_use]
    pub fn line_times(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(format!("run{run_index}.times.jsonl"))
    }

    /// The named pipe for input to the run's terminal.
    #[must_use]
    pub fn input_pipe(&self, run_index: u32) -> PathBuf {
        self.run_logs().join(input_pipe_name(run_index))
    }

    /// Path of the log that collects the failures of all runs.
    #[must_use]
    pub fn error_log(&self) -> PathBuf {
        self.run_logs().join("error.log")
    }
}

/// File name of a run's cancel marker.
#[must_use]
pub fn cancel_marker_name(run_index: u32) -> String {
    format!("run{run_index}.cancel")
}

/// File name of the pipe for input to a run's terminal.
#[must_use]
pub fn input_pipe_name(run_index: u32) -> String {
    format!("run{run_index}.input")
}

/// The index of the run that a file in `run_logs` belongs to: `run3.log` → 3, for the given suffix.
#[must_use]
pub fn run_of(file_name: &str, ending: &str) -> Option<u32> {
    let digits = file_name.strip_prefix("run")?.strip_suffix(ending)?;
    let plain = !digits.is_empty() && !digits.starts_with('0');
    if plain && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::run_of;

    #[test]
    fn only_names_of_runs_count() {
        assert_eq!(run_of("run12.log", ".log"), Some(12));
        for name in
            ["run.log", "run0.log", "run-1.log", "run1.journal.jsonl", "error.log", "run1.log.gz"]
        {
            assert_eq!(run_of(name, ".log"), None, "{name}");
        }
    }
}
