//! SIGINT reaches a run, even if its server was started in the background.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use common::TaskStatus;
use test_support::SupervisorBinary;

use crate::project::{
    Project, Supervise, log, queue, shell_task, supervise, task_dir, wait_until_done,
};

/// Like `pyr ui … &` in a shell script: background processes ignore SIGINT, and supervisors inherit that.
#[test]
fn a_run_receives_ctrl_c_although_its_server_ignores_it() {
    let project = Project::new();
    let pyr = Supervise::PATH;
    let deaf =
        project.write("deaf-pyr", &format!("#!/bin/sh\ntrap '' INT QUIT\nexec {pyr} \"$@\"\n"));
    fs::set_permissions(&deaf, fs::Permissions::from_mode(0o755)).unwrap();
    shell_task(&project, "t", "kill -INT $$; echo deaf\n");
    queue(&project, "t");
    let supervisor = supervise(&deaf, &task_dir(&project, "t"));
    let task = wait_until_done(&project, "t", supervisor);
    assert!(!log(&task, 1).contains("deaf"), "{}", log(&task, 1));
    assert_eq!(task.status, TaskStatus::Failed);
}
