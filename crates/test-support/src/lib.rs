#![doc = include_str!("../README.md")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]
#![deny(unsafe_code)]

#[cfg(feature = "engine")]
mod tasks;

use std::collections::BTreeMap;
use std::fs;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Task;
use tempfile::TempDir;

#[cfg(feature = "engine")]
pub use tasks::{
    batch_name, form_tasks, run, shell_task, task_name, wait_task, wait_until_done,
    wait_until_running,
};

/// Time limit of waits, which is long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The binary that executes runs in the tests of a package.
pub trait SupervisorBinary {
    /// Its path, which Cargo gives to integration tests as `env!("CARGO_BIN_EXE_NAME")`.
    const PATH: &'static str;
}

/// A project in a temporary folder. Drop removes it and kills its processes.
#[derive(Debug)]
pub struct Project<S> {
    /// The folder.
    pub dir: TempDir,
    supervisor: PhantomData<S>,
}

/// Kills processes first, because they could write to the folder while it is removed.
impl<S> Drop for Project<S> {
    fn drop(&mut self) {
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline {
            let left = self.processes();
            // Threads of the engine may save caches while the folder is removed.
            if left.is_empty() && fs::remove_dir_all(self.dir.path()).is_ok() {
                return;
            }
            // Not after a failed test. `supervise` and `snapshot` end by themselves.
            let ends = |line: &String| line.contains(" supervise ") || line.contains(" snapshot ");
            for (pid, line) in left {
                if std::thread::panicking() || !ends(&line) {
                    kill(pid);
                }
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl<S> Project<S> {
    /// A new folder, without `_pyruns_`.
    #[expect(clippy::new_without_default, reason = "it creates a folder")]
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), supervisor: PhantomData }
    }

    /// A project on another disk.
    pub fn on(disk: &Path) -> Self {
        Self { dir: tempfile::tempdir_in(disk).unwrap(), supervisor: PhantomData }
    }

    /// The folder, without symbolic links.
    pub fn path(&self) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap()
    }

    /// Processes of this project: supervisors, their children, and snapshots.
    pub fn processes(&self) -> BTreeMap<u32, String> {
        let root = self.path().to_string_lossy().into_owned();
        let mut found = BTreeMap::new();
        for item in fs::read_dir("/proc").unwrap().flatten() {
            let Some(pid) = item.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            let read = |name: &str| fs::read(item.path().join(name)).unwrap_or_default();
            let command = String::from_utf8_lossy(&read("cmdline")).replace('\0', " ");
            let environ = String::from_utf8_lossy(&read("environ")).into_owned();
            let is_verb = command.contains(" supervise ") || command.contains(" snapshot ");
            let ours = environ.contains(&format!("PYRUNS_TASK_DIR={root}"));
            if (ours || is_verb && command.contains(&root)) && is_alive(pid) {
                found.insert(pid, command);
            }
        }
        found
    }

    /// Writes a file of the project, and returns its path.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// Waits until a condition is true.
pub fn wait(what: &str, mut is: impl FnMut() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is() {
        assert!(Instant::now() < deadline, "waited {DEADLINE:?} for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The text of a task's log.
pub fn log(task: &Task, run_index: u32) -> String {
    let path = Path::new(&task.dir).join(format!("run_logs/run{run_index}.log"));
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

/// Kills a process if it exists.
pub fn kill(pid: u32) {
    let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
}

/// Whether a process exists and is not a zombie.
pub fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// Waits for the number that a task writes to a file.
pub fn number_in(path: &Path) -> u32 {
    let mut number = None;
    wait(&format!("a number in {}", path.display()), || {
        number = fs::read_to_string(path).ok().and_then(|text| text.trim().parse().ok());
        number.is_some()
    });
    number.unwrap()
}
