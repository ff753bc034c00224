//! Tasks on disk, queued and cancelled as the engine does it, and their supervisors.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{Task, TaskKind};
use serde_json::{Map, Value};
use store::clock;
use store::disk::create_folders;
use store::settings::FILE_NAME;
use store::task::{TaskDir, TaskInfo, Transition, file};
use test_support::SupervisorBinary;

pub(crate) use test_support::{is_alive, kill, log, number_in, wait};

/// The binary `supervisor-tests-supervise` of this package.
#[derive(Debug)]
pub(crate) struct Supervise;

impl SupervisorBinary for Supervise {
    const PATH: &'static str = env!("CARGO_BIN_EXE_supervisor-tests-supervise");
}

pub(crate) type Project = test_support::Project<Supervise>;

pub(crate) fn task_dir(project: &Project, name: &str) -> TaskDir {
    TaskDir::at(&project.path().join("_pyruns_/_shell_/tasks").join(name)).unwrap()
}

/// Creates one shell task.
pub(crate) fn shell_task(project: &Project, name: &str, script: &str) {
    let dir = task_dir(project, name);
    create_folders(&dir.path()).unwrap();
    fs::write(dir.config(TaskKind::Shell.config_file()), script).unwrap();
    let mut info = TaskInfo::named(name);
    info.task_kind = TaskKind::Shell;
    fs::write(dir.info(), info.to_text()).unwrap();
}

/// Changes the file of a task.
pub(crate) fn change(project: &Project, name: &str, change: impl FnOnce(&mut TaskInfo)) {
    let changed = file::update(&task_dir(project, name), |info| {
        change(info);
        Ok(())
    });
    changed.unwrap();
}

/// Writes the settings of the project.
pub(crate) fn settings(project: &Project, yaml: &str) {
    fs::write(project.path().join("_pyruns_").join(FILE_NAME), yaml).unwrap();
}

/// Queues a task.
pub(crate) fn queue(project: &Project, name: &str) {
    change(project, name, |info| {
        let queued_at_us = clock::epoch_us();
        info.apply(Transition::Submit { queued_at_us, fail_fast_us: None }).unwrap();
    });
}

/// Starts the supervisor of a queued task with an executable.
pub(crate) fn supervise(executable: &Path, dir: &TaskDir) -> Child {
    let mut command = Command::new(executable);
    command.arg("supervise").arg(dir.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Queues a task and starts its supervisor.
pub(crate) fn start(project: &Project, name: &str) -> Child {
    queue(project, name);
    supervise(Supervise::PATH.as_ref(), &task_dir(project, name))
}

/// Requests the end of a run.
pub(crate) fn cancel(project: &Project, name: &str) {
    change(project, name, |info| {
        let marker = task_dir(project, name).cancel_marker(info.run_index());
        fs::write(marker, "").unwrap();
    });
}

/// Waits for the end of a supervisor.
pub(crate) fn wait_until_done(project: &Project, name: &str, mut supervisor: Child) -> Task {
    let status = supervisor.wait().unwrap();
    assert!(status.success(), "{status}");
    task(project, name)
}

/// Runs a task and waits for its end.
pub(crate) fn run(project: &Project, name: &str) -> Task {
    let supervisor = start(project, name);
    wait_until_done(project, name, supervisor)
}

/// The task as its file describes it.
pub(crate) fn task(project: &Project, name: &str) -> Task {
    let dir = task_dir(project, name);
    let in_file: Map<String, Value> =
        serde_json::from_slice(&fs::read(dir.info()).unwrap()).unwrap();
    let mut task = serde_json::to_value(Task::default()).unwrap();
    task.as_object_mut().unwrap().extend(in_file);
    let dir = dir.path().to_string_lossy().into_owned();
    Task { dir, ..serde_json::from_value(task).unwrap() }
}
