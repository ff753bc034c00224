//! `pyr rm`: moves tasks to the workspace's trash.

use clap::Args;
use common::TaskName;
use common::task::TaskNamesRequest;

use super::confirm::ConfirmArgs;
use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_args::TaskArgs;
use super::task_change::OutputArgs;

/// `pyr rm`
#[derive(Debug, Args)]
pub(crate) struct RmArgs {
    #[command(flatten)]
    tasks: TaskArgs,
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Moves the selected tasks to the trash; running ones are cancelled first.
///
/// # Errors
/// If a task does not exist, or its run does not end.
pub(crate) fn rm(global: &GlobalArgs, arguments: &RmArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    arguments.confirm.confirm("Move {} to the trash", &names)?;
    let task_names = names.iter().map(TaskName::to_string).collect();
    let response = engine.delete_batch(&workspace, &TaskNamesRequest { task_names })?;
    arguments.output.report("moved to the trash:", &response.deleted)
}
