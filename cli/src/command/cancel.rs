//! `pyr cancel`: ends running tasks and removes queued ones from the queue.

use common::TaskName;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_change::{ConfirmedChangeArgs, change_each};

/// Cancels the selected tasks. Of several, those that are neither queued nor running are skipped.
///
/// # Errors
/// If none of them is queued or running.
pub(crate) fn cancel(global: &GlobalArgs, arguments: &ConfirmedChangeArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let mut names = arguments.change.tasks.resolve(&engine, &workspace)?;
    if names.len() > 1 {
        names = active(&engine, &workspace, names)?;
    }
    arguments.confirm.confirm("Cancel {}", &names)?;
    change_each(&engine, &workspace, &names, Engine::cancel_task)?;
    arguments.change.output.report("cancelled", &names)
}

fn active(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    names: Vec<TaskName>,
) -> Result<Vec<TaskName>, Failure> {
    let mut active = Vec::new();
    for name in names {
        if engine.get_task(workspace, &name)?.status.is_active() {
            active.push(name);
        }
    }
    match active.is_empty() {
        true => Err(Failure::refused("None of these tasks is queued or running.")),
        false => Ok(active),
    }
}
