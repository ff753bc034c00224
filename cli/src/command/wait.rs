//! `pyr wait`: waits until tasks have ended.

use std::time::Duration;

use clap::Args;
use common::page::TaskQuery;
use common::{Task, TaskStatus};
use engine::{Engine, WorkspaceSelector};

use super::failure::{ExitStatus, Failure};
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::progress::{Awaited, line};
use super::project::Location;
use super::runtime::runtime;
use super::task_args::TaskArgs;
use super::task_change::OutputArgs;

/// `pyr wait`
#[derive(Debug, Args)]
pub(crate) struct WaitArgs {
    #[command(flatten)]
    tasks: TaskArgs,
    /// Give up after this many seconds, with exit status 124.
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<f64>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Waits for the selected tasks, and prints each change of a status.
///
/// # Errors
/// If a task did not complete, or the time limit was reached.
pub(crate) fn wait(global: &GlobalArgs, arguments: &WaitArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let (engine, workspace) = location.reader()?;
    let names = arguments.tasks.resolve(&engine, &workspace)?;
    warn_if_unserved(&location, &engine, &workspace)?;
    let limit = arguments.timeout.map(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)));
    let limit = limit.transpose().map_err(|_| Failure::refused("--timeout: too large"))?;
    let awaited = Awaited { engine: &engine, workspace: &workspace, names: &names, limit };
    let waited = runtime()?.block_on(async {
        let events = engine.subscribe(None);
        awaited.until_ended(events, |task| print_change(task, arguments.output)).await
    });
    let tasks = waited.map_err(|failure| match failure.status {
        ExitStatus::Interrupted => {
            Failure::new(failure.status, format!("{failure} still to end: not affected."))
        }
        _ => failure,
    })?;
    outcome(&tasks)
}

/// Warns on standard error that queued tasks do not start.
fn warn_if_unserved(
    location: &Location,
    engine: &Engine,
    workspace: &WorkspaceSelector,
) -> Result<(), Failure> {
    let status = TaskStatus::Queued.as_str().to_owned();
    let query = TaskQuery { status, limit: 1, compact: true, ..TaskQuery::default() };
    let has_queued = engine.list_tasks(workspace, &query)?.total > 0;
    if has_queued && !engine::queue_is_served(&location.pyruns_dir())? {
        #[expect(clippy::print_stderr, reason = "standard output is for the states alone")]
        {
            eprintln!("pyr: no process runs the queue of this project; start one with `pyr queue`");
        }
    }
    Ok(())
}

/// Prints a changed task: a line, or a JSON document per line.
pub(super) fn print_change(task: &Task, output: OutputArgs) -> Result<(), Failure> {
    if output.json {
        return print_json(task);
    }
    print_line(&line(task));
    Ok(())
}

/// An error unless all tasks have completed.
pub(super) fn outcome(tasks: &[Task]) -> Result<(), Failure> {
    let unfinished: Vec<&str> = tasks
        .iter()
        .filter(|task| task.status != TaskStatus::Completed)
        .map(|task| task.name.as_str())
        .collect();
    match unfinished.as_slice() {
        [] => Ok(()),
        [one] => Err(format!("{one} did not complete.").into()),
        several => {
            Err(format!("{} of {} tasks did not complete.", several.len(), tasks.len()).into())
        }
    }
}
