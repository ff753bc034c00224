//! The projects of [`test_support`], whose runs a real supervisor executes.

use common::Task;
use common::options::RunOptions;
use common::task::{BatchRunRequest, OptionsRequest};
use engine::{Engine, WorkspaceSelector};

pub(crate) use test_support::{
    batch_name, form_tasks, is_alive, kill, log, number_in, run, shell_task, task_name, wait,
    wait_task, wait_until_done, wait_until_running,
};

/// The binary `engine-tests-supervise` of this package.
#[derive(Debug)]
pub(crate) struct Supervise;

impl test_support::SupervisorBinary for Supervise {
    const PATH: &'static str = env!("CARGO_BIN_EXE_engine-tests-supervise");
}

pub(crate) type Project = test_support::Project<Supervise>;

/// Replaces the options of a task.
pub(crate) fn set(engine: &Engine, name: &str, options: RunOptions) -> Task {
    let request = OptionsRequest { options, expected_options: None };
    engine.set_options(&WorkspaceSelector::Current, &task_name(name), &request).unwrap()
}

/// Queues tasks in this order.
pub(crate) fn queue(engine: &Engine, names: &[&str], max_workers: u32) {
    let task_names = names.iter().map(|name| (*name).to_owned()).collect();
    let request = BatchRunRequest { task_names, max_workers: Some(max_workers), fail_fast: false };
    engine.run_batch(&WorkspaceSelector::Current, &request).unwrap();
}

/// Why a queued task waits; empty if it does not.
pub(crate) fn reason(engine: &Engine, name: &str) -> String {
    engine
        .get_task(&WorkspaceSelector::Current, &task_name(name))
        .unwrap()
        .wait_reason
        .unwrap_or_default()
}
