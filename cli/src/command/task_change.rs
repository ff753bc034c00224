//! Applies one change to each selected task, and reports the tasks.

use clap::Args;
use common::TaskName;
use engine::{Engine, WorkspaceSelector};
use serde::Serialize;

use super::confirm::ConfirmArgs;
use super::failure::Failure;
use super::json::print_json;
use super::output::print_line;
use super::task_args::TaskArgs;

/// `--json`
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct OutputArgs {
    /// Print one JSON document instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of a verb that changes tasks.
#[derive(Debug, Args)]
pub(crate) struct ChangeArgs {
    #[command(flatten)]
    pub(crate) tasks: TaskArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Arguments of a verb that ends or deletes tasks.
#[derive(Debug, Args)]
pub(crate) struct ConfirmedChangeArgs {
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// The changed tasks, as `--json` prints them.
#[derive(Debug, Serialize)]
struct Changed<'a> {
    count: usize,
    task_names: &'a [TaskName],
}

impl OutputArgs {
    /// Prints the names, one per line after the done action: `cancelled a`.
    ///
    /// # Errors
    /// If they cannot be printed.
    pub(crate) fn report(self, done: &str, names: &[TaskName]) -> Result<(), Failure> {
        if self.json {
            return print_json(&Changed { count: names.len(), task_names: names });
        }
        names.iter().for_each(|name| print_line(&format!("{done} {name}")));
        Ok(())
    }
}

/// Calls `change` for each task, in order.
///
/// # Errors
/// The first error; the tasks before it are changed.
pub(crate) fn change_each<T>(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    names: &[TaskName],
    change: impl Fn(&Engine, &WorkspaceSelector, &TaskName) -> engine::Result<T>,
) -> Result<(), Failure> {
    for name in names {
        change(engine, workspace, name)?;
    }
    Ok(())
}
