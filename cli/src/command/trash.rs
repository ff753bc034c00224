//! `pyr restore` and `pyr purge`: the tasks in the workspace's trash.

use clap::Args;
use common::TaskName;
use common::task::{TrashItem, TrashRequest, TrashResponse};
use engine::{Engine, WorkspaceSelector};

use super::confirm::ConfirmArgs;
use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr restore`
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// Names in the trash, or of the tasks before they were deleted; none lists the trash.
    names: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// `pyr purge`
#[derive(Debug, Args)]
pub(crate) struct PurgeArgs {
    /// Names in the trash, or of the tasks before they were deleted.
    #[arg(required_unless_present = "all")]
    names: Vec<String>,
    /// Delete everything in the trash.
    #[arg(long, conflicts_with = "names")]
    all: bool,
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Restores tasks from the trash, or lists the trash.
///
/// # Errors
/// If a name is not in the trash, or the name of its task is in use.
pub(crate) fn restore(global: &GlobalArgs, arguments: &RestoreArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let trash = engine.list_trash(&workspace)?;
    if arguments.names.is_empty() {
        if arguments.output.json {
            return print_json(&trash);
        }
        trash
            .items
            .iter()
            .for_each(|item| print_line(&format!("{}  ({})", item.name, item.status.as_str())));
        return Ok(());
    }
    let request = TrashRequest { names: in_trash(&trash.items, &arguments.names)? };
    report(arguments.output, "restored", &engine.restore_trash(&workspace, &request)?)
}

/// Deletes tasks in the trash permanently.
///
/// # Errors
/// If a name is not in the trash, or the command is not confirmed.
pub(crate) fn purge(global: &GlobalArgs, arguments: &PurgeArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let names = match arguments.all {
        true => engine.list_trash(&workspace)?.items.into_iter().map(|item| item.name).collect(),
        false => in_trash(&engine.list_trash(&workspace)?.items, &arguments.names)?,
    };
    confirm(arguments.confirm, &names)?;
    delete(&engine, &workspace, names, arguments.output)
}

fn delete(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    names: Vec<String>,
    output: OutputArgs,
) -> Result<(), Failure> {
    report(output, "deleted", &engine.purge_trash(workspace, &TrashRequest { names })?)
}

fn confirm(confirm: ConfirmArgs, names: &[String]) -> Result<(), Failure> {
    let names: Vec<TaskName> =
        names.iter().filter_map(|name| TaskName::of_folder(name).ok()).collect();
    confirm.confirm("Permanently delete {}", &names)
}

fn report(output: OutputArgs, done: &str, response: &TrashResponse) -> Result<(), Failure> {
    if output.json {
        return print_json(response);
    }
    response.names.iter().for_each(|name| print_line(&format!("{done} {name}")));
    Ok(())
}

/// The names in the trash for names in the trash or of tasks; of several deletions of one task, the newest.
fn in_trash(items: &[TrashItem], names: &[String]) -> Result<Vec<String>, Failure> {
    names
        .iter()
        .map(|name| {
            let exact = items.iter().find(|item| item.name == *name);
            // The newest comes first.
            exact
                .or_else(|| items.iter().find(|item| item.task_name == *name))
                .map(|item| item.name.clone())
                .ok_or_else(|| Failure::not_found(format!("'{name}' is not in the trash.")))
        })
        .collect()
}
