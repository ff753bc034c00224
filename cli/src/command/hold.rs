//! `pyr hold` and `pyr release`: held tasks are not started.

use common::task::HoldRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_change::{ChangeArgs, change_each};

/// Holds or releases the selected tasks.
///
/// # Errors
/// If a task does not exist or cannot be written.
pub(crate) fn hold(global: &GlobalArgs, arguments: &ChangeArgs, held: bool) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    let request = HoldRequest { held: Some(held) };
    change_each(&engine, &workspace, &names, |engine, workspace, name| {
        engine.hold_task(workspace, name, &request)
    })?;
    arguments.output.report(if held { "held" } else { "released" }, &names)
}
