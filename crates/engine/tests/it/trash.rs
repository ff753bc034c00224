//! Deleting, restoring, purging and duplicating tasks.

use std::fs;

use common::task::{DuplicateRequest, TaskNamesRequest, TrashRequest};
use common::{TaskStatus, options::RunOptions, task::OptionsRequest};
use engine::{Engine, WorkspaceSelector};

use crate::project::{Project, log, run, shell_task, task_name};

fn delete(engine: &Engine, name: &str) {
    let request = TaskNamesRequest { task_names: vec![name.to_owned()] };
    engine.delete_batch(&WorkspaceSelector::Current, &request).unwrap();
}

fn names(names: &[&str]) -> TrashRequest {
    TrashRequest { names: names.iter().map(|name| (*name).to_owned()).collect() }
}

#[test]
fn a_deleted_task_comes_back_with_its_runs_and_runs_again() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "训练", "echo hello\n");
    run(&engine, "训练");
    delete(&engine, "训练");
    let trash = engine.list_trash(&WorkspaceSelector::Current).unwrap().items;
    assert_eq!((trash[0].task_name.as_str(), trash[0].status), ("训练", TaskStatus::Completed));
    let back = engine.restore_trash(&WorkspaceSelector::Current, &names(&["训练"])).unwrap();
    assert_eq!(back.names, ["训练"]);
    let task = run(&engine, "训练");
    assert_eq!(task.run_index, 2);
    assert!(log(&task, 1).contains("hello"));
    assert!(engine.list_trash(&WorkspaceSelector::Current).unwrap().items.is_empty());
}

#[test]
fn a_name_that_is_taken_again_is_not_overwritten() {
    let project = Project::new();
    let engine = project.shell();
    for text in ["echo old\n", "echo new\n"] {
        shell_task(&engine, "a", text);
        if text.contains("old") {
            delete(&engine, "a");
        }
    }
    let refused = engine.restore_trash(&WorkspaceSelector::Current, &names(&["a"])).unwrap_err();
    assert_eq!(refused.to_string(), "Task 'a' already exists.");
    delete(&engine, "a");
    let trash = engine.list_trash(&WorkspaceSelector::Current).unwrap().items;
    assert_eq!(trash.len(), 2);
    assert!(trash.iter().all(|item| item.task_name == "a"), "{trash:?}");
    let second = trash.iter().find(|item| item.name != "a").unwrap();
    engine.restore_trash(&WorkspaceSelector::Current, &names(&[&second.name])).unwrap();
    assert!(
        engine
            .get_task(&WorkspaceSelector::Current, &task_name("a"))
            .unwrap()
            .config_text
            .contains("new")
    );
}

#[test]
fn purge_deletes_permanently_and_only_inside_the_trash() {
    let project = Project::new();
    let engine = project.shell();
    let dir = shell_task(&engine, "a", "true\n").dir;
    shell_task(&engine, "b", "true\n");
    delete(&engine, "b");
    for bad in ["../a", "..", "", "a"] {
        assert!(
            engine.purge_trash(&WorkspaceSelector::Current, &names(&["b", bad])).is_err(),
            "{bad:?}"
        );
    }
    assert!(fs::exists(dir).unwrap());
    assert_eq!(engine.list_trash(&WorkspaceSelector::Current).unwrap().items.len(), 1);
    assert_eq!(engine.purge_trash(&WorkspaceSelector::Current, &names(&["b"])).unwrap().count, 1);
    assert!(engine.list_trash(&WorkspaceSelector::Current).unwrap().items.is_empty());
}

#[test]
fn a_copy_has_the_configuration_and_none_of_the_runs() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "a", "echo hello\n");
    let options = RunOptions { priority: 3, ..RunOptions::default() };
    let request = OptionsRequest { options: options.clone(), expected_options: None };
    engine.set_options(&WorkspaceSelector::Current, &task_name("a"), &request).unwrap();
    run(&engine, "a");
    let copy = |new_name: Option<&str>| {
        let request = DuplicateRequest { new_name: new_name.map(str::to_owned) };
        engine.duplicate_task(&WorkspaceSelector::Current, &task_name("a"), &request)
    };
    let first = copy(None).unwrap();
    assert_eq!((first.name.as_str(), first.run_index), ("a_copy", 0));
    assert_eq!((first.options, first.config_text.as_str()), (options, "echo hello\n"));
    assert_eq!(copy(None).unwrap().name, "a_copy-2");
    assert_eq!(copy(Some("b")).unwrap().name, "b");
    assert!(copy(Some("b")).unwrap_err().to_string().contains("already exists"));
    assert!(log(&run(&engine, "b"), 1).contains("hello"));
}
