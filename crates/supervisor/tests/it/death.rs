//! One supervisor for a run, and what another process does after its death.

use std::fs;

use common::TaskStatus;
use supervisor::reconcile;

use crate::project::{
    Project, Supervise, is_alive, kill, log, number_in, queue, run, shell_task, start, supervise,
    task, task_dir, wait,
};
use test_support::SupervisorBinary;

#[test]
fn a_run_whose_supervisor_was_killed_is_ended_and_called_interrupted() {
    let project = Project::new();
    shell_task(&project, "orphan", "echo before\necho $$ > shell.pid\nsleep 300\n");
    let mut supervisor = start(&project, "orphan");
    let child = number_in(&project.path().join("shell.pid"));
    wait("the run to begin", || task(&project, "orphan").status == TaskStatus::Running);
    wait("the log to have it", || log(&task(&project, "orphan"), 1).contains("before"));
    let dir = task_dir(&project, "orphan");
    reconcile(&dir).unwrap();
    assert_eq!(task(&project, "orphan").status, TaskStatus::Running, "its supervisor lives");
    assert!(is_alive(child));
    kill(supervisor.id());
    supervisor.wait().unwrap();
    reconcile(&dir).unwrap();
    let task = task(&project, "orphan");
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Failed, "interrupted"));
    assert!(!is_alive(child), "the child went on without its supervisor");
    assert!(log(&task, 1).contains("before"));
}

#[test]
fn of_several_supervisors_one_executes_the_run() {
    let project = Project::new();
    shell_task(&project, "once", "echo x >> started\n");
    queue(&project, "once");
    let dir = task_dir(&project, "once");
    let supervisors = [(); 4].map(|()| supervise(Supervise::PATH.as_ref(), &dir));
    for mut supervisor in supervisors {
        assert!(supervisor.wait().unwrap().success());
    }
    let task = task(&project, "once");
    assert_eq!((task.status, task.run_index), (TaskStatus::Completed, 1));
    assert_eq!(fs::read_to_string(project.path().join("started")).unwrap(), "x\n");
}

#[test]
fn a_task_that_is_not_queued_any_more_is_not_started() {
    let project = Project::new();
    shell_task(&project, "done", "echo x >> started\n");
    let before = run(&project, "done");
    let dir = task_dir(&project, "done");
    assert!(supervise(Supervise::PATH.as_ref(), &dir).wait().unwrap().success());
    assert_eq!(task(&project, "done"), before);
    assert!(!dir.run_lock(2).exists());
}
