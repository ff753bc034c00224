//! `pyr hold` and `pyr release`: held tasks are not started.

use clap::Args;
use common::task::HoldRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_args::TaskArgs;
use super::task_change::{OutputArgs, change_each};

/// `pyr hold`, `pyr release`
#[derive(Debug, Args)]
pub(crate) struct HoldArgs {
    #[command(flatten)]
    tasks: TaskArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Holds or releases the selected tasks.
///
/// # Errors
/// If a task does not exist or cannot be written.
pub(crate) fn hold(global: &GlobalArgs, arguments: &HoldArgs, held: bool) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    let request = HoldRequest { held: Some(held) };
    change_each(&engine, &workspace, &names, |engine, workspace, name| {
        engine.hold_task(workspace, name, &request)
    })?;
    arguments.output.report(if held { "held" } else { "released" }, &names)
}
