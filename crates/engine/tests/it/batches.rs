//! Batches: tasks that were created or queued together.

use common::TaskStatus;
use common::batches::{RerunBatchRequest, RerunBatchResponse};
use common::task::{BatchRunRequest, TaskNamesRequest};
use engine::{Engine, WorkspaceSelector};

use crate::project::{
    Project, batch_name, form_tasks, shell_task, task_name, wait, wait_until_done,
    wait_until_running,
};

fn queue(engine: &Engine, names: &[&str], fail_fast: bool) {
    let task_names = names.iter().map(|name| (*name).to_owned()).collect();
    let request = BatchRunRequest { task_names, max_workers: Some(2), fail_fast };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
}

fn status(engine: &Engine, name: &str) -> TaskStatus {
    engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap().status
}

#[test]
fn a_batch_that_fails_fast_starts_nothing_more_and_ends_nothing_that_runs() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "long", "until [ -e go ]; do sleep 0.01; done\n");
    shell_task(&engine, "bad", "until [ -e fail ]; do sleep 0.01; done\nexit 3\n");
    for name in ["later", "last", "other"] {
        shell_task(&engine, name, "true\n");
    }
    queue(&engine, &["long", "bad", "later", "last"], true);
    wait_until_running(&engine, "long");
    wait_until_running(&engine, "bad");
    queue(&engine, &["other"], false);
    project.write("fail", "");
    assert_eq!(wait_until_done(&engine, "later").status, TaskStatus::Cancelled);
    assert_eq!(wait_until_done(&engine, "last").status, TaskStatus::Cancelled);
    assert_eq!(wait_until_done(&engine, "other").status, TaskStatus::Completed);
    assert_eq!(status(&engine, "long"), TaskStatus::Running);
    project.write("go", "");
    assert_eq!(wait_until_done(&engine, "long").status, TaskStatus::Completed);
    // A new submission is not affected.
    queue(&engine, &["last"], true);
    assert_eq!(wait_until_done(&engine, "last").status, TaskStatus::Completed);
}

#[test]
fn exactly_the_failed_and_missing_tasks_of_a_batch_run_again() {
    let project = Project::new();
    let script = "\
import argparse, os, sys
p = argparse.ArgumentParser()
p.add_argument('--x', type=int, default=0)
x = p.parse_args().x
sys.exit(0 if x != 2 or os.path.exists('fixed') else 3)
";
    let engine = project.script("train.py", script);
    form_tasks(&engine, "grid", "x: 1 | 2 | 3 | 4\n");
    let names: Vec<String> = (1..=4).map(|place| format!("grid_{place}-of-4")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    queue(&engine, &names, false);
    names.iter().for_each(|name| drop(wait_until_done(&engine, name)));
    let gone = TaskNamesRequest { task_names: vec![names[3].to_owned()] };
    engine.delete_batch(&WorkspaceSelector::Current, &gone).unwrap();

    let batches = engine.list_batches(&WorkspaceSelector::Current).unwrap().items;
    assert_eq!((batches.len(), batches[0].name.as_str(), batches[0].missing), (1, "grid_of-4", 1));
    assert_eq!(batches[0].status_counts[&TaskStatus::Completed], 2);
    project.write("fixed", "");
    let again = |request| {
        engine.rerun_batch(&WorkspaceSelector::Current, &batch_name("grid_of-4"), &request).unwrap()
    };
    let expected = RerunBatchResponse {
        count: 2,
        task_names: vec![task_name(names[1]), task_name(names[3])],
        recreated: vec![task_name(names[3])],
    };
    assert_eq!(again(RerunBatchRequest::default()), expected);
    let runs: Vec<(TaskStatus, u32)> = names
        .iter()
        .map(|name| wait_until_done(&engine, name))
        .map(|task| (task.status, task.run_index))
        .collect();
    let done = TaskStatus::Completed;
    assert_eq!(runs, [(done, 1), (done, 2), (done, 1), (done, 1)]);
    let recreated = engine.get_task(&WorkspaceSelector::Current, &task_name(names[3])).unwrap();
    assert_eq!(recreated.config["x"], 4);
    assert_eq!(again(RerunBatchRequest::default()).count, 0, "nothing is left to do");
    let error = engine.rerun_batch(
        &WorkspaceSelector::Current,
        &batch_name("x"),
        &RerunBatchRequest::default(),
    );
    assert_eq!(error.unwrap_err().to_string(), "Batch 'x' not found");
    let error = engine::requested_batch("../x");
    assert_eq!(error.unwrap_err().to_string(), "Batch '../x' not found");
}

#[test]
fn a_large_batch_starts_in_its_order_while_it_is_still_being_queued() {
    let project = Project::new();
    let engine = project.shell();
    let names: Vec<String> = (0..120).map(|place| format!("t{place:03}")).collect();
    for name in &names {
        shell_task(&engine, name, &format!("echo {name} >> order\n"));
    }
    let request =
        BatchRunRequest { task_names: names.clone(), max_workers: Some(1), fail_fast: false };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
    let path = project.path().join("order");
    let order = || std::fs::read_to_string(&path).unwrap_or_default();
    wait("all of them", || order().lines().count() == names.len());
    assert!(order().lines().eq(names.iter().map(String::as_str)), "{}", order());
}
