//! The queue: order, limits, workspaces.

use std::fs;

use common::TaskStatus;
use common::page::TaskQuery;
use common::task::{BatchRunRequest, TaskNamesRequest};
use engine::WorkspaceSelector;

use crate::project::{
    Project, run, shell_task, task_name, wait, wait_until_done, wait_until_running,
};

fn named(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn tasks_start_in_the_order_of_submission_not_of_their_names() {
    let project = Project::new();
    let engine = project.shell();
    for name in ["c", "a", "b"] {
        shell_task(&engine, name, &format!("echo {name} >> order\n"));
    }
    let request = BatchRunRequest {
        task_names: named(&["c", "a", "b"]),
        max_workers: Some(1),
        fail_fast: false,
    };
    assert_eq!(engine.run_batch(&WorkspaceSelector::Current, &request).unwrap().count, 3);
    wait_until_done(&engine, "b");
    assert_eq!(fs::read_to_string(project.path().join("order")).unwrap(), "c\na\nb\n");
}

#[test]
fn never_more_run_at_once_than_may_and_two_engines_share_the_limit() {
    let project = Project::new();
    let engine = project.shell();
    let script = "mkdir -p now; echo > now/$$; ls now | wc -l >> peak; sleep 0.05; rm now/$$\n";
    let names: Vec<String> = (0..8).map(|n| format!("t{n}")).collect();
    for name in &names {
        shell_task(&engine, name, script);
    }
    let second = project.shell();
    for (engine, half) in [(&engine, &names[..4]), (&second, &names[4..])] {
        let request =
            BatchRunRequest { task_names: half.to_vec(), max_workers: Some(2), fail_fast: false };
        engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
    }
    for name in &names {
        assert_eq!(wait_until_done(&engine, name).status, TaskStatus::Completed);
    }
    let peaks = fs::read_to_string(project.path().join("peak")).unwrap();
    let peaks: Vec<u32> = peaks.split_whitespace().map(|word| word.parse().unwrap()).collect();
    assert_eq!(peaks.len(), 8);
    assert!(peaks.iter().all(|peak| *peak <= 2), "{peaks:?}");
    assert!(peaks.contains(&2), "nothing ran in parallel: {peaks:?}");
}

#[test]
fn an_unknown_name_in_a_batch_starts_nothing() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "a", "true\n");
    let request =
        BatchRunRequest { task_names: named(&["a", "zzz"]), max_workers: None, fail_fast: false };
    let refused = engine.run_batch(&WorkspaceSelector::Current, &request).unwrap_err();
    assert_eq!(refused.to_string(), "Task 'zzz' not found");
    assert_eq!(
        engine.get_task(&WorkspaceSelector::Current, &task_name("a")).unwrap().status,
        TaskStatus::Pending
    );
}

#[test]
fn same_names_in_two_workspaces_never_mix() {
    let project = Project::new();
    let engine = project.script("train.py", "print('from the script')\n");
    crate::project::form_tasks(&engine, "same", "");
    engine.open_shell().unwrap();
    shell_task(&engine, "same", "echo from the shell; sleep 0.2\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("same")).unwrap();
    // Switching the workspace does not affect a running task.
    let script = WorkspaceSelector::parse("train").unwrap();
    let root = engine.workspace(&script).unwrap().run_root;
    engine.open_run_root(&root).unwrap();
    let scripted = run(&engine, "same");
    assert!(crate::project::log(&scripted, 1).contains("from the script"));
    let shell = WorkspaceSelector::parse("_shell_").unwrap();
    wait("the shell task", || {
        engine.get_task(&shell, &task_name("same")).unwrap().status == TaskStatus::Completed
    });
    let shelled = engine.get_task(&shell, &task_name("same")).unwrap();
    assert!(crate::project::log(&shelled, 1).contains("from the shell"));
    assert_ne!(shelled.dir, scripted.dir);
}

#[test]
fn a_deleted_task_is_cancelled_first_and_moved_to_the_trash() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "gone", "sleep 300\n");
    engine.run_task(&WorkspaceSelector::Current, &task_name("gone")).unwrap();
    wait_until_running(&engine, "gone");
    let request = TaskNamesRequest { task_names: named(&["gone"]) };
    assert_eq!(engine.delete_batch(&WorkspaceSelector::Current, &request).unwrap().count, 1);
    assert!(engine.get_task(&WorkspaceSelector::Current, &task_name("gone")).is_err());
    let trash = project.path().join("_pyruns_/_shell_/tasks/.trash/gone/task_info.json");
    assert!(fs::read_to_string(trash).unwrap().contains("\"cancelled\""));
    shell_task(&engine, "gone", "true\n");
    engine.delete_batch(&WorkspaceSelector::Current, &request).unwrap();
    let kept = fs::read_dir(project.path().join("_pyruns_/_shell_/tasks/.trash")).unwrap().count();
    assert_eq!(kept, 2);
}

#[test]
fn writes_of_another_program_are_noticed() {
    let project = Project::new();
    let engine = project.shell();
    let dir = shell_task(&engine, "a", "true\n").dir;
    let copy = std::path::Path::new(&dir).with_file_name("训练 copy");
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("config.sh"), "true\n").unwrap();
    fs::write(copy.join("task_info.json"), "{\"task_kind\": \"shell\"}").unwrap();
    let count = |query: &str| {
        let query = TaskQuery { query: query.into(), ..TaskQuery::default() };
        engine.list_tasks(&WorkspaceSelector::Current, &query).unwrap().total
    };
    wait("the copied task", || count("训练") == 1);
    fs::write(copy.join("task_info.json"), "{\"task_kind\": \"shell\", \"notes\": \"by hand\"}")
        .unwrap();
    wait("the edited notes", || count("BY HAND") == 1);
    fs::remove_dir_all(&copy).unwrap();
    wait("the removed task", || count("") == 1);
}
