//! SIGINT reaches a run, even if its server was started in the background.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use common::TaskStatus;
use engine::{Engine, Options};

use crate::project::{Project, log, run, shell_task};

/// Like `pyr ui … &` in a shell script: background processes ignore SIGINT, and supervisors inherit that.
#[test]
fn a_run_receives_ctrl_c_although_its_server_ignores_it() {
    let project = Project::new();
    let pyr = env!("CARGO_BIN_EXE_pyr");
    let deaf =
        project.write("deaf-pyr", &format!("#!/bin/sh\ntrap '' INT QUIT\nexec {pyr} \"$@\"\n"));
    fs::set_permissions(&deaf, fs::Permissions::from_mode(0o755)).unwrap();
    let options = Options {
        project_dir: project.path(),
        pyr_executable: deaf,
        gpus: engine::gpus_of_this_machine(),
    };
    let engine = Engine::start(options).unwrap();
    engine.open_shell().unwrap();
    shell_task(&engine, "t", "kill -INT $$; echo deaf\n");
    let task = run(&engine, "t");
    assert!(!log(&task, 1).contains("deaf"), "{}", log(&task, 1));
    assert_eq!(task.status, TaskStatus::Failed);
}
