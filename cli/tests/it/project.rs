//! The projects of [`test_support`], whose runs the `pyr` binary executes.

pub(crate) use test_support::{
    form_tasks, run, shell_task, wait, wait_until_done, wait_until_running,
};

/// The binary `pyr` of this package.
#[derive(Debug)]
pub(crate) struct Pyr;

impl test_support::SupervisorBinary for Pyr {
    const PATH: &'static str = env!("CARGO_BIN_EXE_pyr");
}

pub(crate) type Project = test_support::Project<Pyr>;
