//! When a server, supervisor or script is killed, no results are lost and no processes keep running unnoticed.

use std::fs;
use std::process::Command;

use common::TaskStatus;
use engine::{Engine, WorkspaceSelector};

use crate::project::{
    Project, is_alive, log, number_in, shell_task, task_name, wait, wait_until_done,
    wait_until_running,
};

fn kill(pid: u32) {
    let status = Command::new("kill").args(["-KILL", &pid.to_string()]).status().unwrap();
    assert!(status.success());
}

/// The pid of a run's supervisor, from its lock file.
fn supervisor(engine: &Engine, name: &str) -> u32 {
    let dir = engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap().dir;
    number_in(format!("{dir}/run_logs/run1.lock").as_ref())
}

#[test]
fn when_the_supervisor_is_killed_the_run_is_ended_and_called_interrupted() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "orphan", "echo before\necho $$ > shell.pid\nsleep 300\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("orphan")).unwrap();
    let child = number_in(&project.path().join("shell.pid"));
    // Output still in the terminal's buffer is lost with the supervisor; the log is not.
    let running = wait_until_running(&engine, "orphan");
    wait("the log to have it", || log(&running, 1).contains("before"));
    kill(supervisor(&engine, "orphan"));
    let task = wait_until_done(&engine, "orphan");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "interrupted"));
    assert!(!is_alive(child), "the child went on without its supervisor");
    assert!(log(&task, 1).contains("before"));
}

#[test]
fn a_new_engine_adopts_an_active_run_and_can_cancel_it() {
    let project = Project::new();
    let first = project.shell();
    shell_task(&first, "long", "echo $$ > shell.pid\nwhile :; do echo tick; sleep 0.05; done\n");
    shell_task(&first, "queued", "echo ran\n");
    first.run_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    wait_until_running(&first, "long");
    first.run_task(&WorkspaceSelector::Current, &task_name("queued")).unwrap();
    let child = number_in(&project.path().join("shell.pid"));
    // The new engine shares only the files with the old one, as after a restart.
    let second = project.shell();
    wait_until_running(&second, "long");
    second.cancel_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    assert_eq!(wait_until_done(&second, "long").status, TaskStatus::Cancelled);
    wait("the child to be gone", || !is_alive(child));
    assert_eq!(wait_until_done(&second, "queued").status, TaskStatus::Completed);
}

#[test]
fn a_run_whose_everything_died_is_settled_at_the_next_opening() {
    let project = Project::new();
    let engine = project.shell();
    let dir = shell_task(&engine, "lost", "true\n").dir;
    drop(engine);
    fs::write(format!("{dir}/run_logs/run1.lock"), "4000000\n").unwrap();
    fs::write(
        format!("{dir}/run_logs/run1.journal.jsonl"),
        "{\"t\":1.0,\"track\":{\"loss\":1.5}}\n{\"t\":2.0,\"track\":{\"lo",
    )
    .unwrap();
    let info = r#"{"name":"lost","status":"running","task_kind":"shell",
        "start_times":["2026-11-23_11-16-57"],"finish_times":[""],"pids":[4000000]}"#;
    fs::write(format!("{dir}/task_info.json"), info).unwrap();
    let task = wait_until_done(&project.shell(), "lost");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "interrupted"));
    assert_eq!(serde_json::json!(task.tracks), serde_json::json!([{"loss": [1.5]}]));
}

#[test]
fn an_invalid_task_file_is_a_load_error_and_affects_no_other_task() {
    let project = Project::new();
    let engine = project.shell();
    let broken = shell_task(&engine, "broken", "true\n").dir;
    shell_task(&engine, "fine", "true\n");
    fs::write(format!("{broken}/task_info.json"), "{\"name\": \"bro").unwrap();
    let error =
        || engine.get_task(&WorkspaceSelector::Current, &task_name("broken")).unwrap().load_error;
    wait("the nonsense to be noticed", || {
        error().is_some_and(|why| why.contains("task_info.json"))
    });
    assert!(engine.run_task(&WorkspaceSelector::Current, &task_name("broken")).is_err());
    assert_eq!(crate::project::run(&engine, "fine").status, TaskStatus::Completed);
}
