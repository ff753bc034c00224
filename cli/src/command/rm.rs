//! `pyr rm`: moves tasks to the workspace's trash.

use common::TaskName;
use common::task::TaskNamesRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_change::ConfirmedChangeArgs;

/// Moves the selected tasks to the trash; running ones are cancelled first.
///
/// # Errors
/// If a task does not exist, or its run does not end.
pub(crate) fn rm(global: &GlobalArgs, arguments: &ConfirmedChangeArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.change.tasks.resolve(&engine, &workspace)?;
    arguments.confirm.confirm("Move {} to the trash", &names)?;
    let task_names = names.iter().map(TaskName::to_string).collect();
    let response = engine.delete_batch(&workspace, &TaskNamesRequest { task_names })?;
    arguments.change.output.report("moved to the trash:", &response.deleted)
}
