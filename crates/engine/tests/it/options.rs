//! Task options: priority, dependencies, CPU slots, time limits, retries.

use std::fs;

use common::options::{Retry, RunOptions};
use common::task::{HoldRequest, OptionsRequest};
use common::{Task, TaskStatus};
use engine::WorkspaceSelector;

use crate::project::{
    Project, log, queue, reason, run, set, shell_task, task_name, wait, wait_task, wait_until_done,
    wait_until_running,
};

#[test]
fn a_higher_priority_starts_first() {
    let project = Project::new();
    let engine = project.shell();
    for (name, priority) in [("low", -1), ("first", 0), ("second", 0), ("high", 7)] {
        shell_task(&engine, name, &format!("echo {name} >> order\n"));
        set(&engine, name, RunOptions { priority, ..RunOptions::default() });
    }
    shell_task(&engine, "blocker", "until [ -e go ]; do sleep 0.01; done\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("blocker")).unwrap();
    wait_until_running(&engine, "blocker");
    queue(&engine, &["low", "first", "second", "high"], 1);
    assert_eq!(reason(&engine, "low"), "waits for a free worker");
    project.write("go", "");
    wait_until_done(&engine, "low");
    let order = fs::read_to_string(project.path().join("order")).unwrap();
    assert_eq!(order, "high\nfirst\nsecond\nlow\n");
}

#[test]
fn a_held_task_waits_for_its_release_and_lets_others_pass() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "held", "true\n");
    shell_task(&engine, "other", "true\n");
    let hold = |held| HoldRequest { held: Some(held) };
    engine.hold_task(&WorkspaceSelector::Current, &task_name("held"), &hold(true)).unwrap();
    queue(&engine, &["held", "other"], 1);
    assert_eq!(wait_until_done(&engine, "other").status, TaskStatus::Completed);
    let task = engine.get_task(&WorkspaceSelector::Current, &task_name("held")).unwrap();
    assert_eq!(task.status, TaskStatus::Queued);
    assert_eq!(task.wait_reason.unwrap(), "on hold until it is released");
    engine.hold_task(&WorkspaceSelector::Current, &task_name("held"), &hold(false)).unwrap();
    assert_eq!(wait_until_done(&engine, "held").status, TaskStatus::Completed);
}

#[test]
fn a_task_starts_after_the_success_of_another() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "train", "[ -e data ]\n");
    shell_task(&engine, "evaluate", "true\n");
    let after = RunOptions { after: vec!["train".to_owned()], ..RunOptions::default() };
    set(&engine, "evaluate", after);
    queue(&engine, &["evaluate", "train"], 2);
    assert_eq!(wait_until_done(&engine, "train").status, TaskStatus::Failed);
    wait("the reason", || reason(&engine, "evaluate").ends_with("which has failed"));
    project.write("data", "");
    assert_eq!(run(&engine, "train").status, TaskStatus::Completed);
    assert_eq!(wait_until_done(&engine, "evaluate").status, TaskStatus::Completed);
}

#[test]
fn cpu_slots_are_shared_out_and_never_exceeded() {
    let project = Project::new();
    let engine = project.shell();
    let settings = [("cpu_slots".to_owned(), 4.into())].into_iter().collect();
    engine.update_settings(&WorkspaceSelector::Current, &settings).unwrap();
    let script = "until [ -e go ]; do sleep 0.01; done\n";
    for (name, cpus) in [("three", 3), ("two", 2), ("none", 0), ("five", 5)] {
        shell_task(&engine, name, script);
        set(&engine, name, RunOptions { cpus, ..RunOptions::default() });
    }
    queue(&engine, &["three", "two", "none", "five"], 8);
    wait_until_running(&engine, "three");
    wait_until_running(&engine, "none");
    wait("the reason", || reason(&engine, "two") == "waits for 2 CPU slots: 1 of 4 free");
    wait("the other", || reason(&engine, "five") == "asks for 5 CPU slots; there are only 4");
    project.write("go", "");
    assert_eq!(wait_until_done(&engine, "two").status, TaskStatus::Completed);
    assert_eq!(
        engine.get_task(&WorkspaceSelector::Current, &task_name("five")).unwrap().status,
        TaskStatus::Queued
    );
}

#[test]
fn a_failed_run_is_tried_again_as_often_as_allowed() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "flaky", "echo x >> tries; [ $(wc -l < tries) -ge 3 ] || exit 7\n");
    let retry = Retry { count: 5, delay_s: 0.1, exit_codes: vec![7], on_out_of_memory: false };
    set(&engine, "flaky", RunOptions { retry: retry.clone(), ..RunOptions::default() });
    let task = run(&engine, "flaky");
    assert_eq!((task.status, task.run_index), (TaskStatus::Completed, 3));
    assert_eq!(task.reasons[0], "exit code 7; retry 1 of 5 follows");
    assert_eq!(task.exit_codes, [Some(7), Some(7), Some(0)]);

    shell_task(&engine, "other_code", "exit 8\n");
    set(&engine, "other_code", RunOptions { retry, ..RunOptions::default() });
    let task = run(&engine, "other_code");
    assert_eq!((task.status, task.run_index), (TaskStatus::Failed, 1));

    shell_task(&engine, "hopeless", "exit 1\n");
    let twice = Retry { count: 2, ..Retry::default() };
    set(&engine, "hopeless", RunOptions { retry: twice, ..RunOptions::default() });
    let task = run(&engine, "hopeless");
    assert_eq!((task.status, task.run_index), (TaskStatus::Failed, 3));
    assert_eq!(run(&engine, "hopeless").run_index, 6, "a new submission has new retries");
}

#[test]
fn a_waiting_retry_can_be_cancelled() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "later", "exit 1\n");
    let retry = Retry { count: 1, delay_s: 3600.0, ..Retry::default() };
    set(&engine, "later", RunOptions { retry, ..RunOptions::default() });
    engine.run_task(&WorkspaceSelector::Current, &task_name("later")).unwrap();
    let waits = |task: &Task| task.run_index == 1 && task.status == TaskStatus::Queued;
    wait_task(&engine, "later", "waiting for its retry", waits);
    wait("the reason", || reason(&engine, "later").contains("for retry 1 of 1"));
    let task = engine.cancel_task(&WorkspaceSelector::Current, &task_name("later")).unwrap();
    assert_eq!(task.status, TaskStatus::Cancelled);
}

#[test]
fn out_of_memory_is_reported_and_can_be_retried() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(
        &engine,
        "greedy",
        "echo 'torch.OutOfMemoryError: CUDA out of memory.' >&2; exit 1\n",
    );
    let retry = Retry { count: 1, on_out_of_memory: true, ..Retry::default() };
    set(&engine, "greedy", RunOptions { retry, ..RunOptions::default() });
    let task = run(&engine, "greedy");
    assert_eq!(task.run_index, 2);
    assert_eq!(task.reasons[1], "out of memory: exit code 1");
}

#[test]
fn a_run_records_its_cpu_time_and_memory() {
    let project = Project::new();
    let engine = project.shell();
    let script = "python3 -c 'x = bytearray(60_000_000); sum(range(2_000_000))'\n";
    shell_task(&engine, "costly", script);
    let task = run(&engine, "costly");
    assert_eq!(task.status, TaskStatus::Completed, "{}", log(&task, 1));
    assert!(task.peak_memory_bytes[0].unwrap() > 60_000_000, "{:?}", task.peak_memory_bytes);
    let cpu_s = task.cpu_s[0].unwrap();
    assert!(cpu_s > 0.0 && cpu_s < 60.0, "{cpu_s}");
}

#[test]
fn options_that_make_no_sense_change_nothing() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "a", "true\n");
    for (options, text) in [
        (RunOptions { timeout_s: Some(-1.0), ..RunOptions::default() }, "options.timeout_s"),
        (RunOptions { after: vec!["a".into()], ..RunOptions::default() }, "cannot wait for itself"),
    ] {
        let request = OptionsRequest { options, expected_options: None };
        let refused =
            engine.set_options(&WorkspaceSelector::Current, &task_name("a"), &request).unwrap_err();
        assert!(refused.to_string().contains(text), "{refused}");
    }
    let stale = OptionsRequest {
        options: RunOptions::default(),
        expected_options: Some(RunOptions { priority: 1, ..RunOptions::default() }),
    };
    assert!(engine.set_options(&WorkspaceSelector::Current, &task_name("a"), &stale).is_err());
    assert_eq!(
        engine.get_task(&WorkspaceSelector::Current, &task_name("a")).unwrap().options,
        RunOptions::default()
    );
}
