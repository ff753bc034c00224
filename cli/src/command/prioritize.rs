//! `pyr prioritize`: sets the priority of tasks in the queue.

use clap::Args;
use common::task::OptionsRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_args::TaskArgs;
use super::task_change::{OutputArgs, change_each};

/// `pyr prioritize`
#[derive(Debug, Args)]
pub(crate) struct PrioritizeArgs {
    /// Tasks with a higher priority start first; the default is 0.
    #[arg(allow_negative_numbers = true)]
    priority: i32,
    #[command(flatten)]
    tasks: TaskArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Sets the priority of the selected tasks.
///
/// # Errors
/// If a task does not exist or cannot be written.
pub(crate) fn prioritize(global: &GlobalArgs, arguments: &PrioritizeArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    change_each(&engine, &workspace, &names, |engine, workspace, name| {
        let before = engine.get_task(workspace, name)?.options;
        let options =
            common::options::RunOptions { priority: arguments.priority, ..before.clone() };
        let request = OptionsRequest { options, expected_options: Some(before) };
        engine.set_options(workspace, name, &request)
    })?;
    arguments.output.report(&format!("priority {}:", arguments.priority), &names)
}
