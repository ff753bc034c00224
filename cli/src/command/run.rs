//! `pyr run`: queues tasks and waits for their end, or leaves them to a background queue.

use std::path::{Path, PathBuf};

use clap::Args;
use common::TaskName;
use common::task::BatchRunRequest;
use engine::{Engine, WorkspaceSelector};

use super::detach;
use super::failure::{ExitStatus, Failure};
use super::global_args::GlobalArgs;
use super::grid_args::GridArgs;
use super::new;
use super::output::print_line;
use super::progress::Awaited;
use super::project::{Location, start_dir};
use super::runtime::runtime;
use super::task_args::TaskArgs;
use super::task_change::OutputArgs;
use super::task_options::TaskOptionArgs;
use super::wait::{outcome, print_change};

/// `pyr run`
#[derive(Debug, Args)]
#[command(after_help = "pyr run sweep_1-of-4\npyr run -j 4 @sweep\n\
    pyr run --filter 'status = failed' --detach\n\
    pyr run grid.yaml -n sweep --gpus 1\npyr run --set lr='0.1 | 0.01' --set seed=1:5")]
pub(crate) struct RunArgs {
    #[command(flatten)]
    tasks: TaskArgs,
    /// Maximum number of tasks that run at the same time, from now on.
    #[arg(short = 'j', long, value_name = "NUMBER")]
    jobs: Option<u32>,
    /// If one of the tasks fails, cancel the queued ones.
    #[arg(long)]
    fail_fast: bool,
    /// Return at once. If no server runs the queue, a background process does until nothing is left to start.
    #[arg(long)]
    detach: bool,
    #[command(flatten)]
    grid: GridArgs,
    #[command(flatten)]
    options: TaskOptionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Which tasks are run.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// The selected ones.
    Selected,
    /// New ones, of a grid file or of the arguments alone.
    New(Option<PathBuf>),
}

/// Runs the selected tasks, or creates tasks and runs them.
///
/// # Errors
/// If a task cannot be created or queued, or did not complete.
pub(crate) fn run(global: &GlobalArgs, arguments: &RunArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let source = source(arguments, &start_dir()?)?;
    let names = match &source {
        Source::New(grid_file) if arguments.grid.dry_run => {
            let RunArgs { grid, output, .. } = arguments;
            return new::preview(&location, grid, grid_file.as_deref(), *output);
        }
        Source::New(grid_file) => create(&location, grid_file.as_deref(), arguments)?,
        Source::Selected => {
            // Resolved without the queue, so that a wrong name starts nothing.
            let (reader, workspace) = location.reader()?;
            arguments.tasks.resolve(&reader, &workspace)?
        }
    };
    if arguments.detach {
        let (engine, workspace) = location.client()?;
        enqueue(&engine, &workspace, &names, arguments)?;
        detach::ensure_queue(&location)?;
        return arguments.output.report("queued", &names);
    }
    until_ended(&location, &names, arguments)
}

/// A name that is an existing YAML file is a grid.
fn source(arguments: &RunArgs, start: &Path) -> Result<Source, Failure> {
    let RunArgs { tasks, grid, options, .. } = arguments;
    let is_grid = |text: &&String| {
        let path = start.join(text);
        path.extension().is_some_and(|end| end == "yaml" || end == "yml") && path.is_file()
    };
    let file = tasks.tasks.iter().find(is_grid).map(|text| start.join(text));
    let is_unfiltered = tasks.filter.trim().is_empty();
    match (file, tasks.tasks.len()) {
        (None, 0) if is_unfiltered && grid.describes_tasks() => Ok(Source::New(None)),
        (Some(file), 1) if is_unfiltered => Ok(Source::New(Some(file))),
        (None, _) if !grid.is_given() && !options.is_given() => Ok(Source::Selected),
        _ => Err(Failure::refused(
            "Name either existing tasks, or new ones: one grid file, or --set, or --from. Names, conditions and \
             options of new tasks do not apply to existing ones.",
        )),
    }
}

fn create(
    location: &Location,
    grid_file: Option<&Path>,
    arguments: &RunArgs,
) -> Result<Vec<TaskName>, Failure> {
    let (engine, workspace) = location.client()?;
    let RunArgs { grid, options, output, .. } = arguments;
    let created = new::create(&engine, &workspace, grid, options, grid_file)?;
    // `--json` prints the tasks.
    if !output.json {
        print_line(&new::summary(&created));
    }
    Ok(created.task_names)
}

/// Runs the tasks and waits for their end.
fn until_ended(
    location: &Location,
    names: &[TaskName],
    arguments: &RunArgs,
) -> Result<(), Failure> {
    let (engine, workspace) = location.queue()?;
    let ended = runtime()?.block_on(async {
        let events = engine.subscribe(None);
        enqueue(&engine, &workspace, names, arguments)?;
        let awaited = Awaited { engine: &engine, workspace: &workspace, names, limit: None };
        awaited.until_ended(events, |task| print_change(task, arguments.output)).await
    });
    match ended {
        Ok(tasks) => {
            // Tasks of other commands may be queued that relied on this process.
            detach::hand_over(engine, location)?;
            outcome(&tasks)
        }
        Err(failure) if failure.status == ExitStatus::Interrupted => {
            detach::hand_over(engine, location)?;
            let text = format!(
                "{failure} left: they go on in the background. `pyr wait` waits for them, `pyr cancel` ends them."
            );
            Err(Failure::new(failure.status, text))
        }
        Err(failure) => Err(failure),
    }
}
fn enqueue(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    names: &[TaskName],
    arguments: &RunArgs,
) -> Result<(), Failure> {
    let request = BatchRunRequest {
        task_names: names.iter().map(TaskName::to_string).collect(),
        max_workers: arguments.jobs,
        fail_fast: arguments.fail_fast,
    };
    engine.run_batch(workspace, &request)?;
    Ok(())
}
