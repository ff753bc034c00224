//! `pyr new`: creates tasks without running them.

use std::path::{Path, PathBuf};

use clap::Args;
use common::generator::CreatedTasks;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::grid_args::GridArgs;
use super::grid_preview::print_preview;
use super::json::print_json;
use super::output::print_line;
use super::project::{Location, start_dir};
use super::task_change::OutputArgs;
use super::task_options::TaskOptionArgs;

/// `pyr new`
#[derive(Debug, Args)]
#[command(after_help = "pyr new grid.yaml -n sweep\n\
    pyr new --set lr='0.1 | 0.01' --set seed=1:5 --pattern '{lr}-{seed}'\n\
    pyr new --from sweep_1-of-4 --set epochs=100 --gpus 1 --dry-run")]
pub(crate) struct NewArgs {
    /// Parameters of which some have several values; the others have the workspace's default values.
    #[arg(value_name = "GRID.yaml")]
    grid_file: Option<PathBuf>,
    #[command(flatten)]
    grid: GridArgs,
    #[command(flatten)]
    options: TaskOptionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Creates the tasks.
///
/// # Errors
/// If a value, name or option is invalid, or a name is in use; then no task is created.
pub(crate) fn new(global: &GlobalArgs, arguments: &NewArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let start = start_dir()?;
    let grid_file = arguments.grid_file.as_ref().map(|file| start.join(file));
    let NewArgs { grid, options, output, .. } = arguments;
    if grid.dry_run {
        return preview(&location, grid, grid_file.as_deref(), *output);
    }
    let (engine, workspace) = location.client()?;
    let created = create(&engine, &workspace, grid, options, grid_file.as_deref())?;
    match output.json {
        true => print_json(&created),
        false => {
            print_line(&summary(&created));
            Ok(())
        }
    }
}

/// Prints the tasks that would be created.
///
/// # Errors
/// If they could not be created.
pub(crate) fn preview(
    location: &Location,
    grid: &GridArgs,
    grid_file: Option<&Path>,
    output: OutputArgs,
) -> Result<(), Failure> {
    let (engine, workspace) = location.reader()?;
    let tasks = grid.new_tasks(&engine, &workspace, grid_file)?;
    print_preview(&engine, &workspace, &tasks, output)
}

/// Creates the tasks of a grid file, or of the arguments alone.
///
/// # Errors
/// If a value, name or option is invalid, or a name is in use; then no task is created.
pub(crate) fn create(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    grid: &GridArgs,
    options: &TaskOptionArgs,
    grid_file: Option<&Path>,
) -> Result<CreatedTasks, Failure> {
    let mut request = grid.new_tasks(engine, workspace, grid_file)?.request;
    options.add_to(&mut request, engine, workspace)?;
    let created = engine.create_names(workspace, &request)?;
    options.set_tags(engine, workspace, &created.task_names)?;
    Ok(created)
}

/// `created sweep_1-of-4 … sweep_4-of-4 (4 tasks, @sweep_of-4)`
pub(crate) fn summary(created: &CreatedTasks) -> String {
    match (created.task_names.as_slice(), &created.batch) {
        ([first, .., last], Some(batch)) => {
            format!("created {first} … {last} ({} tasks, @{batch})", created.count)
        }
        ([only, ..], _) => format!("created {only}"),
        ([], _) => "created nothing".to_owned(),
    }
}
