//! `pyr pin` and `pyr unpin`: pinned tasks are listed first.

use common::task::PinRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_change::{ChangeArgs, change_each};

/// Pins or unpins the selected tasks.
///
/// # Errors
/// If a task does not exist or cannot be written.
pub(crate) fn pin(
    global: &GlobalArgs,
    arguments: &ChangeArgs,
    pinned: bool,
) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    let request = PinRequest { pinned: Some(pinned) };
    change_each(&engine, &workspace, &names, |engine, workspace, name| {
        engine.pin_task(workspace, name, &request)
    })?;
    arguments.output.report(if pinned { "pinned" } else { "unpinned" }, &names)
}
