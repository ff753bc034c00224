//! Test support: a project in a temporary folder, and waiting for conditions.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::generator::{CreateRequest, Mode, PreviewRequest};
use common::launcher::OpenRequest;
use common::{Task, TaskStatus};
use engine::{Engine, GpuInventory, Options, WorkspaceSelector};
use tempfile::TempDir;

/// Time limit of waits, which is long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A project in a temporary folder. Drop removes it and kills its processes.
pub(crate) struct Project {
    pub dir: TempDir,
}

/// Kills processes first, because they could write to the folder while it is removed.
impl Drop for Project {
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

impl Project {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A project on another disk.
    pub(crate) fn on(disk: &Path) -> Self {
        Self { dir: tempfile::tempdir_in(disk).unwrap() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap()
    }

    /// Processes of this project: supervisors, their children, and snapshots.
    pub(crate) fn processes(&self) -> BTreeMap<u32, String> {
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

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// An engine that starts runs with the real binary.
    pub(crate) fn engine(&self) -> Engine {
        self.engine_with_gpus(engine::gpus_of_this_machine())
    }

    /// Like `engine`, with the given GPUs.
    pub(crate) fn engine_with_gpus(&self, gpus: Arc<dyn GpuInventory>) -> Engine {
        Engine::start(Options {
            project_dir: self.path(),
            pyr_executable: env!("CARGO_BIN_EXE_pyr").into(),
            gpus,
        })
        .unwrap()
    }

    /// An engine with the shell workspace open.
    pub(crate) fn shell(&self) -> Engine {
        let engine = self.engine();
        engine.open_shell().unwrap();
        engine
    }

    /// An engine with a script open.
    pub(crate) fn script(&self, name: &str, text: &str) -> Engine {
        let script_path = self.write(name, text).to_string_lossy().into_owned();
        let engine = self.engine();
        engine.open_script(&OpenRequest { script_path, config_path: None }).unwrap();
        engine
    }
}

/// Creates one shell task.
pub(crate) fn shell_task(engine: &Engine, name: &str, script: &str) -> Task {
    let preview = PreviewRequest {
        mode: Mode::Shell,
        shell_text: script.into(),
        ..PreviewRequest::default()
    };
    create(engine, name, preview).remove(0)
}

/// Creates the tasks of a form.
pub(crate) fn form_tasks(engine: &Engine, name: &str, yaml: &str) -> Vec<Task> {
    create(engine, name, PreviewRequest { yaml_text: yaml.into(), ..PreviewRequest::default() })
}

fn create(engine: &Engine, name: &str, preview: PreviewRequest) -> Vec<Task> {
    let request = CreateRequest {
        preview,
        name_prefix: name.into(),
        append_timestamp: false,
        ..CreateRequest::default()
    };
    engine.create(&WorkspaceSelector::Current, &request).unwrap().items
}

/// Runs a task and waits for its end.
pub(crate) fn run(engine: &Engine, name: &str) -> Task {
    engine.run_task(&WorkspaceSelector::Current, name).unwrap();
    wait_until_done(engine, name)
}

/// Waits until a task is neither queued nor running.
pub(crate) fn wait_until_done(engine: &Engine, name: &str) -> Task {
    wait_task(engine, name, "ended", |task| !task.status.is_active())
}

/// Waits until a task runs.
pub(crate) fn wait_until_running(engine: &Engine, name: &str) -> Task {
    wait_task(engine, name, "running", |task| task.status == TaskStatus::Running)
}

/// Waits until a task matches a condition.
pub(crate) fn wait_task(
    engine: &Engine,
    name: &str,
    what: &str,
    is: impl Fn(&Task) -> bool,
) -> Task {
    let mut last = None;
    wait(&format!("{name} to be {what}"), || {
        let task = engine.get_task(&WorkspaceSelector::Current, name).unwrap();
        let done = is(&task);
        last = Some(task);
        done
    });
    last.unwrap()
}

/// Waits until a condition is true.
pub(crate) fn wait(what: &str, mut is: impl FnMut() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is() {
        assert!(Instant::now() < deadline, "waited {DEADLINE:?} for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The text of a task's log.
pub(crate) fn log(task: &Task, run_index: u32) -> String {
    let path = Path::new(&task.dir).join(format!("run_logs/run{run_index}.log"));
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

/// Kills a process if it exists.
pub(crate) fn kill(pid: u32) {
    let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
}

/// Whether a process exists and is not a zombie.
pub(crate) fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// Waits for the number that a task writes to a file.
pub(crate) fn number_in(path: &Path) -> u32 {
    let mut number = None;
    wait(&format!("a number in {}", path.display()), || {
        number = fs::read_to_string(path).ok().and_then(|text| text.trim().parse().ok());
        number.is_some()
    });
    number.unwrap()
}
