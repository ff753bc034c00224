//! A cancel ends all processes of a run, and the status is always `cancelled`.

use common::TaskStatus;

use crate::project::{
    Project, cancel, is_alive, number_in, settings, shell_task, start, wait, wait_until_done,
};

#[test]
fn no_process_of_a_cancelled_tree_survives_not_even_an_escaped_one() {
    let project = Project::new();
    let script = "sleep 300 & echo $! > child.pid\n\
                  setsid sh -c 'echo $$ > escaped.pid; exec sleep 300' &\n\
                  echo $$ > shell.pid\nwait\n";
    shell_task(&project, "tree", script);
    let supervisor = start(&project, "tree");
    let pids: Vec<u32> = ["child.pid", "escaped.pid", "shell.pid"]
        .map(|name| number_in(&project.path().join(name)))
        .to_vec();
    assert!(pids.iter().all(|pid| is_alive(*pid)));
    cancel(&project, "tree");
    let task = wait_until_done(&project, "tree", supervisor);
    assert_eq!((task.status, task.reasons[0].as_str()), (TaskStatus::Cancelled, "cancelled"));
    wait("all its processes to be gone", || !pids.iter().any(|pid| is_alive(*pid)));
}

#[test]
fn a_task_that_ignores_the_polite_signal_is_killed_after_the_grace_period() {
    let project = Project::new();
    shell_task(
        &project,
        "stubborn",
        "trap '' TERM\necho $$ > shell.pid\nwhile :; do sleep 1; done\n",
    );
    settings(&project, "cancel_grace_s: 0.3\n");
    let supervisor = start(&project, "stubborn");
    let pid = number_in(&project.path().join("shell.pid"));
    cancel(&project, "stubborn");
    assert_eq!(wait_until_done(&project, "stubborn", supervisor).status, TaskStatus::Cancelled);
    assert!(!is_alive(pid));
}

#[test]
fn a_handler_has_time_to_finish_and_the_run_is_still_cancelled() {
    let project = Project::new();
    let script = "trap 'echo saved > checkpoint; exit 0' TERM\necho $$ > shell.pid\n\
                  while :; do sleep 0.05; done\n";
    shell_task(&project, "polite", script);
    let supervisor = start(&project, "polite");
    number_in(&project.path().join("shell.pid"));
    cancel(&project, "polite");
    let task = wait_until_done(&project, "polite", supervisor);
    assert_eq!((task.status, task.exit_codes[0]), (TaskStatus::Cancelled, Some(0)));
    assert!(project.path().join("checkpoint").exists());
}
