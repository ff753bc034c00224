//! `pyr cp`: copies a task without its runs.

use clap::Args;
use common::task::DuplicateRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr cp`
#[derive(Debug, Args)]
pub(crate) struct CpArgs {
    /// The task.
    task: String,
    /// The name of the copy; default: the task's name with `_copy`.
    new_name: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Copies a task's configuration, environment, notes and options.
///
/// # Errors
/// If the task does not exist, or the name is invalid or in use.
pub(crate) fn cp(global: &GlobalArgs, arguments: &CpArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let name = engine::requested_name(&arguments.task)?;
    let request = DuplicateRequest { new_name: arguments.new_name.clone() };
    let task = engine.duplicate_task(&workspace, &name, &request)?;
    if arguments.output.json {
        return print_json(&task);
    }
    print_line(&format!("copied {name} to {}", task.name));
    Ok(())
}
