//! Cancels of queued tasks, and at any moment of a run.

use common::TaskStatus;
use engine::WorkspaceSelector;

use crate::project::{Project, shell_task, task_name, wait, wait_until_done, wait_until_running};

#[test]
fn a_queued_task_is_cancelled_without_a_run() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "long", "sleep 300\n");
    shell_task(&engine, "next", "echo never\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    wait_until_running(&engine, "long");
    engine.run_task(&WorkspaceSelector::Current, &task_name("next")).unwrap();
    let waits =
        || engine.get_task(&WorkspaceSelector::Current, &task_name("next")).unwrap().wait_reason;
    wait("a wait reason", || waits().is_some());
    let task = engine.cancel_task(&WorkspaceSelector::Current, &task_name("next")).unwrap();
    assert_eq!((task.status, task.run_index), (TaskStatus::Cancelled, 0));
    engine.cancel_task(&WorkspaceSelector::Current, &task_name("long")).unwrap();
    wait_until_done(&engine, "long");
    let task = engine.get_task(&WorkspaceSelector::Current, &task_name("next")).unwrap();
    assert_eq!((task.status, task.run_index), (TaskStatus::Cancelled, 0));
    let refused = engine.cancel_task(&WorkspaceSelector::Current, &task_name("next")).unwrap_err();
    assert_eq!(refused.to_string(), "Task 'next' cannot be cancelled");
}

#[test]
fn a_cancel_at_any_moment_of_a_short_run_never_ends_otherwise() {
    let project = Project::new();
    let engine = project.shell();
    for delay_ms in [0, 1, 2, 4, 8, 16, 32] {
        let name = format!("short{delay_ms}");
        shell_task(&engine, &name, "sleep 0.01\n");
        engine.run_task(&WorkspaceSelector::Current, &task_name(&name)).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay_ms));
        let accepted = engine.cancel_task(&WorkspaceSelector::Current, &task_name(&name)).is_ok();
        let task = wait_until_done(&engine, &name);
        let wanted = if accepted { TaskStatus::Cancelled } else { TaskStatus::Completed };
        assert_eq!(task.status, wanted, "after {delay_ms} ms: {task:?}");
    }
}
