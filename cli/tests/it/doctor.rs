//! `pyr doctor`.

use std::process::{Command, Output};

use serde_json::Value;

use crate::project::{Project, form_tasks};

fn doctor(project: &Project) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
    command.current_dir(project.path()).args(["doctor", "--json"]).output().unwrap()
}

fn level(output: &Output, name: &str) -> Value {
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = document["items"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == name).unwrap()["level"].clone()
}

#[test]
fn an_unreadable_task_is_a_problem() {
    let project = Project::new();
    let engine = project.script("train.py", "print(1)\n");
    form_tasks(&engine, "t", "lr: 0.1\n");
    drop(engine);
    let output = doctor(&project);
    assert_eq!(level(&output, "workspace"), "ok");
    assert_eq!(level(&output, "locks"), "ok");

    std::fs::write(project.path().join("_pyruns_/train/tasks/t/task_info.json"), "{").unwrap();
    let output = doctor(&project);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(level(&output, "workspace"), "problem");
}
