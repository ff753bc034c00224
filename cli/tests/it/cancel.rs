//! A cancel ends all processes of a run, and the status is always `cancelled`.

use common::TaskStatus;
use engine::WorkspaceSelector;
use serde_json::json;

use crate::project::{
    Project, is_alive, number_in, shell_task, wait, wait_until_done, wait_until_running,
};

#[test]
fn no_process_of_a_cancelled_tree_survives_not_even_an_escaped_one() {
    let project = Project::new();
    let engine = project.shell();
    let script = "sleep 300 & echo $! > child.pid\n\
                  setsid sh -c 'echo $$ > escaped.pid; exec sleep 300' &\n\
                  echo $$ > shell.pid\nwait\n";
    shell_task(&engine, "tree", script);
    engine.run_task(&WorkspaceSelector::Current, "tree").unwrap();
    let pids: Vec<u32> = ["child.pid", "escaped.pid", "shell.pid"]
        .map(|name| number_in(&project.path().join(name)))
        .to_vec();
    assert!(pids.iter().all(|pid| is_alive(*pid)));
    engine.cancel_task(&WorkspaceSelector::Current, "tree").unwrap();
    let task = wait_until_done(&engine, "tree");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Cancelled, "cancelled"));
    wait("all its processes to be gone", || !pids.iter().any(|pid| is_alive(*pid)));
}

#[test]
fn a_task_that_ignores_the_polite_signal_is_killed_after_the_grace_period() {
    let project = Project::new();
    let engine = project.shell();
    let patch = json!({"cancel_grace_s": 0.3});
    engine.update_settings(&WorkspaceSelector::Current, patch.as_object().unwrap()).unwrap();
    shell_task(
        &engine,
        "stubborn",
        "trap '' TERM\necho $$ > shell.pid\nwhile :; do sleep 1; done\n",
    );
    engine.run_task(&WorkspaceSelector::Current, "stubborn").unwrap();
    let pid = number_in(&project.path().join("shell.pid"));
    engine.cancel_task(&WorkspaceSelector::Current, "stubborn").unwrap();
    assert_eq!(wait_until_done(&engine, "stubborn").status, TaskStatus::Cancelled);
    assert!(!is_alive(pid));
}

#[test]
fn a_handler_has_time_to_finish_and_the_run_is_still_cancelled() {
    let project = Project::new();
    let engine = project.shell();
    let script = "trap 'echo saved > checkpoint; exit 0' TERM\necho $$ > shell.pid\n\
                  while :; do sleep 0.05; done\n";
    shell_task(&engine, "polite", script);
    engine.run_task(&WorkspaceSelector::Current, "polite").unwrap();
    number_in(&project.path().join("shell.pid"));
    engine.cancel_task(&WorkspaceSelector::Current, "polite").unwrap();
    let task = wait_until_done(&engine, "polite");
    assert_eq!((task.status, task.exit_codes[0]), (TaskStatus::Cancelled, Some(0)));
    assert!(project.path().join("checkpoint").exists());
}

#[test]
fn a_queued_task_is_cancelled_without_a_run() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "long", "sleep 300\n");
    shell_task(&engine, "next", "echo never\n");
    engine.run_task(&WorkspaceSelector::Current, "long").unwrap();
    wait_until_running(&engine, "long");
    engine.run_task(&WorkspaceSelector::Current, "next").unwrap();
    let waits = || engine.get_task(&WorkspaceSelector::Current, "next").unwrap().wait_reason;
    wait("a wait reason", || waits().is_some());
    let task = engine.cancel_task(&WorkspaceSelector::Current, "next").unwrap();
    assert_eq!((task.status, task.run_index), (TaskStatus::Cancelled, 0));
    engine.cancel_task(&WorkspaceSelector::Current, "long").unwrap();
    wait_until_done(&engine, "long");
    let task = engine.get_task(&WorkspaceSelector::Current, "next").unwrap();
    assert_eq!((task.status, task.run_index), (TaskStatus::Cancelled, 0));
    let refused = engine.cancel_task(&WorkspaceSelector::Current, "next").unwrap_err();
    assert_eq!(refused.to_string(), "Task 'next' cannot be cancelled");
}

#[test]
fn a_cancel_at_any_moment_of_a_short_run_never_ends_otherwise() {
    let project = Project::new();
    let engine = project.shell();
    for delay_ms in [0, 1, 2, 4, 8, 16, 32] {
        let name = format!("short{delay_ms}");
        shell_task(&engine, &name, "sleep 0.01\n");
        engine.run_task(&WorkspaceSelector::Current, &name).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay_ms));
        let accepted = engine.cancel_task(&WorkspaceSelector::Current, &name).is_ok();
        let task = wait_until_done(&engine, &name);
        let wanted = if accepted { TaskStatus::Cancelled } else { TaskStatus::Completed };
        assert_eq!(task.status, wanted, "after {delay_ms} ms: {task:?}");
    }
}
