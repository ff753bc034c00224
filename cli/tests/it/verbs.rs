//! The verbs on tasks, as a user, a script or cron calls them: without a server, with one, and beside each other.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use common::{Task, TaskStatus};
use engine::{Engine, WorkspaceSelector};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use test_support::task_name;

use crate::project::{Project, form_tasks, shell_task, wait, wait_until_done, wait_until_running};
use crate::pyr::{command, ended, pyr, said};

/// Exit status and standard error of a command that must fail.
fn failure(project: &Project, arguments: &[&str]) -> (i32, String) {
    let output = pyr(project, arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.starts_with("pyr: ") || errors.starts_with("error: "), "{errors}");
    (output.status.code().unwrap(), errors)
}

fn json_of(project: &Project, arguments: &[&str]) -> Value {
    let document: Value = crate::pyr::json(project, arguments);
    assert_eq!(document["schema_version"], 1);
    document
}

/// A project with shell tasks and no server.
fn project_with(tasks: &[(&str, &str)]) -> Project {
    let project = Project::new();
    let engine = project.shell();
    tasks.iter().for_each(|(name, script)| drop(shell_task(&engine, name, script)));
    drop(engine);
    unserved(&project);
    project
}

/// Waits until no process runs the queue.
fn unserved(project: &Project) {
    let pyruns = project.path().join("_pyruns_");
    wait("the queue to be released", || !engine::queue_is_served(&pyruns).unwrap());
}

fn task(project: &Project, name: &str) -> Task {
    let document = json_of(project, &["show", name, "--json"]);
    serde_json::from_value(document).unwrap()
}

#[test]
fn a_run_is_awaited_and_its_outcome_is_the_exit_status() {
    let project = project_with(&[("good", "echo fine\n"), ("bad", "echo 'oh no'; exit 3\n")]);
    let text = said(&project, &["run", "good"]);
    assert!(text.lines().last().unwrap().starts_with("completed  good"), "{text}");
    let output = pyr(&project, &["run", "good", "bad", "-j", "2"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("failed     bad") && text.contains("exit code 3: oh no"), "{text}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "pyr: bad did not complete.\n");
    assert_eq!(task(&project, "good").run_index, 2);

    let (status, error) = failure(&project, &["run", "goood"]);
    assert_eq!(status, 3);
    assert!(error.contains("Task 'goood' not found. Did you mean 'good'?"), "{error}");
    assert_eq!(failure(&project, &["run"]).0, 2);
    assert_eq!(failure(&project, &["run", "--frobnicate"]).0, 2);
}

#[test]
fn with_a_server_the_server_runs_the_task() {
    let project = Project::new();
    let server = project.shell();
    shell_task(&server, "a", "true\n");
    said(&project, &["run", "a"]);
    // The server follows what the command wrote.
    assert_eq!(wait_until_done(&server, "a").status, TaskStatus::Completed);
    shell_task(&server, "long", "sleep 600\n");
    server.run_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    wait_until_running(&server, "long");
    assert_eq!(said(&project, &["cancel", "long"]), "cancelled long\n");
    assert_eq!(wait_until_done(&server, "long").status, TaskStatus::Cancelled);
    let (status, error) = failure(&project, &["cancel", "long"]);
    assert_eq!((status, error.as_str()), (2, "pyr: Task 'long' cannot be cancelled\n"));
}

#[test]
fn two_commands_at_once_run_each_task_once() {
    let names: Vec<String> = (0..12).map(|n| format!("t{n}")).collect();
    let tasks: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "sleep 0.1\n")).collect();
    let project = project_with(&tasks);
    let start = |pattern: &str| command(&project, &["run", pattern, "-j", "4"]).spawn().unwrap();
    let (one, two) = (start("t[0-5]"), start("t[6-9]"));
    for child in [one, two, start("t1?")] {
        let output = ended(child);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for name in &names {
        let task = task(&project, name);
        assert_eq!((task.status, task.run_index), (TaskStatus::Completed, 1), "{name}");
    }
}

#[test]
fn a_detached_run_goes_on_in_the_background_and_its_queue_ends() {
    let project = project_with(&[("a", "sleep 0.3\n"), ("b", "sleep 0.3\n"), ("later", "true\n")]);
    said(&project, &["hold", "later"]);
    assert_eq!(
        said(&project, &["run", "a", "b", "later", "--detach"]),
        "queued a\nqueued b\nqueued later\n"
    );
    said(&project, &["wait", "a", "b"]);
    // The held task does not keep the queue alive.
    unserved(&project);
    assert_eq!(task(&project, "later").status, TaskStatus::Queued);
}

#[test]
fn an_interrupted_run_leaves_its_tasks_running() {
    let project = project_with(&[("a", "sleep 3\n"), ("b", "true\n")]);
    let child = command(&project, &["run", "a", "b"]).spawn().unwrap();
    wait("the run to begin", || task(&project, "a").status == TaskStatus::Running);
    interrupt(&child);
    let output = ended(child);
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8(output.stderr).unwrap().contains("go on in the background"));
    // Also the task that was only queued.
    said(&project, &["wait", "a", "b"]);
    assert_eq!(task(&project, "b").status, TaskStatus::Completed);
    unserved(&project);
}

fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).unwrap();
}

#[test]
fn a_task_that_relied_on_a_short_run_goes_on() {
    let project = project_with(&[("short", "sleep 1\n"), ("other", "sleep 0.2\n")]);
    let child = command(&project, &["run", "short"]).spawn().unwrap();
    wait("the run to begin", || task(&project, "short").status == TaskStatus::Running);
    // One worker: it is queued, and the process that runs the queue ends with the other task.
    said(&project, &["run", "other", "--detach"]);
    assert!(ended(child).status.success());
    said(&project, &["wait", "other"]);
    unserved(&project);
}

#[test]
fn several_tasks_are_destroyed_only_with_a_confirmation() {
    let project = project_with(&[("a", "true\n"), ("b", "true\n"), ("c", "true\n")]);
    let (status, error) = failure(&project, &["rm", "a", "b"]);
    assert_eq!(status, 2);
    assert_eq!(error, "pyr: Move 2 tasks to the trash: a, b? Confirm with -y.\n");
    assert_eq!(task(&project, "a").status, TaskStatus::Pending, "nothing was changed");

    let removed = json_of(&project, &["rm", "-y", "a", "b", "--json"]);
    assert_eq!(removed, json!({"schema_version": 1, "count": 2, "task_names": ["a", "b"]}));
    assert_eq!(failure(&project, &["show", "a"]).0, 3);
    assert_eq!(said(&project, &["restore", "a"]), "restored a\n");
    assert_eq!(failure(&project, &["restore", "a"]).0, 3);
    // One task needs no confirmation.
    assert_eq!(said(&project, &["purge", "b"]), "deleted b\n");
    assert_eq!(said(&project, &["restore"]), "");
}

#[test]
fn tasks_are_selected_by_name_pattern_batch_filter_and_standard_input() {
    let project = Project::new();
    let engine = project.script("train.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float, default=0.1)\np.parse_args()\n");
    form_tasks(&engine, "grid", "lr: 0.1 | 0.2 | 0.3\n");
    drop(engine);
    let held = |arguments: &[&str]| {
        let arguments = [&["hold"][..], arguments, &["--json"]].concat();
        json_of(&project, &arguments)["task_names"].clone()
    };
    let all = json!(["grid_1-of-3", "grid_2-of-3", "grid_3-of-3"]);
    assert_eq!(held(&["grid_*"]), all);
    assert_eq!(held(&["@grid_of-3"]), all);
    assert_eq!(held(&["--filter", "lr > 0.15"]), json!(["grid_2-of-3", "grid_3-of-3"]));
    assert_eq!(held(&["grid_[12]*", "--filter", "lr > 0.15"]), json!(["grid_2-of-3"]));
    let mut child =
        command(&project, &["hold", "-", "--json"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"grid_3-of-3\n\ngrid_1-of-3\n").unwrap();
    let output = ended(child);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["task_names"], json!(["grid_3-of-3", "grid_1-of-3"]));

    for (arguments, status) in [
        (&["hold"][..], 2),
        (&["hold", "none_*"], 3),
        (&["hold", "@none"], 3),
        (&["hold", "../x"], 3),
        (&["hold", "--filter", "lr > 9"], 3),
        (&["hold", "--filter", "lr >"], 2),
    ] {
        assert_eq!(failure(&project, arguments).0, status, "{arguments:?}");
    }
}

#[test]
fn tasks_are_changed() {
    let project = project_with(&[("a", "true\n")]);
    said(&project, &["prioritize", "-5", "a"]);
    said(&project, &["tag", "a", "--add", "x,y"]);
    said(&project, &["tag", "a", "--remove", "x", "--add", "z"]);
    said(&project, &["pin", "a"]);
    said(&project, &["note", "a", "the first line"]);
    assert_eq!(said(&project, &["note", "a"]), "the first line\n");
    assert_eq!(said(&project, &["cp", "a"]), "copied a to a_copy\n");
    assert_eq!(said(&project, &["mv", "a_copy", "b"]), "renamed a_copy to b\n");
    assert_eq!(failure(&project, &["mv", "b", "a"]).0, 2);
    let a = task(&project, "a");
    assert_eq!((a.options.priority, a.pinned, a.tags.join(" ")), (-5, true, "y z".to_owned()));
    assert_eq!(task(&project, "b").options.priority, -5);
    let counts = &json_of(&project, &["status", "--json"])["summary"];
    assert_eq!(counts["pending"], 2, "{counts}");
}

#[test]
fn logs_are_printed_and_followed() {
    let script =
        "printf '\\033[31mred\\033[0m\\n'; for i in 1 2 3; do echo line $i; sleep 0.1; done\n";
    let project = project_with(&[("a", script)]);
    let engine = project.shell();
    engine.run_task(&WorkspaceSelector::Current, &task_name("a")).unwrap();
    let followed = said(&project, &["logs", "a", "-f"]);
    assert!(followed.contains("\u{1b}[31mred") && followed.contains("line 3\n"), "{followed}");
    wait_until_done(&engine, "a");
    assert_eq!(said(&project, &["logs", "a"]), followed, "nothing was lost or doubled");
    assert!(said(&project, &["logs", "a@1", "--plain"]).contains("\nred\nline 1\n"));
    assert!(said(&project, &["logs", "a", "-n", "1"]).starts_with("[PYRUNS] Task a finished"));
    let path = said(&project, &["logs", "a", "--path"]);
    assert!(path.ends_with("tasks/a/run_logs/run1.log\n"), "{path}");
    assert_eq!(failure(&project, &["logs", "a@2"]).0, 3);
    assert_eq!(failure(&project, &["logs", "a@2", "--path"]).0, 3);
}

#[test]
fn a_wait_has_a_time_limit() {
    let project = project_with(&[("a", "sleep 600\n")]);
    said(&project, &["run", "a", "--detach"]);
    wait("the run to begin", || task(&project, "a").status == TaskStatus::Running);
    let (status, error) = failure(&project, &["wait", "a", "--timeout", "0.3"]);
    assert_eq!((status, error.as_str()), (124, "pyr: Task a did not end in time.\n"));
    said(&project, &["cancel", "a"]);
    assert_eq!(failure(&project, &["wait", "a"]).0, 1);
}

#[test]
fn the_project_is_found_without_home_and_terminal() {
    let project = project_with(&[("a", "true\n")]);
    let inside = project.path().join("_pyruns_/_shell_/tasks/a");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
    command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(&inside).args(["run", "a"]);
    assert!(command.output().unwrap().status.success());
    let folder = project.path().to_string_lossy().into_owned();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir("/")
        .args(["-C", &folder, "-w", "shell", "show", "a"]);
    let output = command.output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("a  completed\n"));
    assert_eq!(failure(&project, &["-w", "train", "status"]).0, 3);
    for verb in ["list", "disk"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
        let output = command.current_dir("/").args(["-C", &folder, "-w", "shell", verb]).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{verb}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8(output.stdout).unwrap().contains('a'), "{verb}");
        assert_eq!(failure(&project, &["-w", "train", verb]).0, 3);
        assert_eq!(failure(&project, &["-w", "shell", verb, "shell"]).0, 2);
        assert_eq!(failure(&project, &["-C", "nowhere", verb]).0, 3);
    }
}

/// The engine of the test is the server that reads what commands have written.
#[test]
fn a_held_task_is_started_by_the_server_when_it_is_released() {
    let project = Project::new();
    let server: Engine = project.shell();
    shell_task(&server, "a", "true\n");
    said(&project, &["hold", "a"]);
    said(&project, &["run", "a", "--detach"]);
    let is_held =
        |task: &Task| task.wait_reason.as_deref().is_some_and(|why| why.contains("on hold"));
    test_support::wait_task(&server, "a", "held", is_held);
    said(&project, &["release", "a"]);
    assert_eq!(wait_until_done(&server, "a").status, TaskStatus::Completed);
}
