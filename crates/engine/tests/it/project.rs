//! The projects of [`test_support`], whose runs a real supervisor executes.

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
