//! `pyr mv`: renames a task.

use clap::Args;
use common::task::RenameRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr mv`
#[derive(Debug, Args)]
pub(crate) struct MvArgs {
    /// The task.
    task: String,
    /// Its new name.
    new_name: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Renames an inactive task.
///
/// # Errors
/// If the task is active or does not exist, or the name is invalid or in use.
pub(crate) fn mv(global: &GlobalArgs, arguments: &MvArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let name = engine::requested_name(&arguments.task)?;
    let request = RenameRequest { new_name: arguments.new_name.clone() };
    let task = engine.rename_task(&workspace, &name, &request)?;
    if arguments.output.json {
        return print_json(&task);
    }
    print_line(&format!("renamed {name} to {}", task.name));
    Ok(())
}
