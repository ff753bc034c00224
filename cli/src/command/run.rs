//! `pyr run`: queues tasks and waits for their end, or leaves them to a background queue.

use clap::Args;
use common::TaskName;
use common::task::BatchRunRequest;
use engine::{Engine, WorkspaceSelector};

use super::detach;
use super::failure::{ExitStatus, Failure};
use super::global_args::GlobalArgs;
use super::progress::Awaited;
use super::project::Location;
use super::runtime::runtime;
use super::task_args::TaskArgs;
use super::task_change::OutputArgs;
use super::wait::{outcome, print_change};

/// `pyr run`
#[derive(Debug, Args)]
#[command(
    after_help = "pyr run sweep_1-of-4\npyr run -j 4 @sweep\npyr run --filter 'status = failed' --detach"
)]
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
    output: OutputArgs,
}

/// Runs the selected tasks.
///
/// # Errors
/// If a task cannot be queued or did not complete.
pub(crate) fn run(global: &GlobalArgs, arguments: &RunArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    if arguments.detach {
        let (engine, workspace) = location.client()?;
        let names = arguments.tasks.resolve(&engine, &workspace)?;
        enqueue(&engine, &workspace, &names, arguments)?;
        detach::ensure_queue(&location)?;
        return arguments.output.report("queued", &names);
    }
    // Resolved without the queue, so that a wrong name starts nothing.
    let (reader, workspace) = location.reader()?;
    let names = arguments.tasks.resolve(&reader, &workspace)?;
    drop(reader);
    let (engine, workspace) = location.queue()?;
    let ended = runtime()?.block_on(async {
        let events = engine.subscribe(None);
        enqueue(&engine, &workspace, &names, arguments)?;
        let awaited =
            Awaited { engine: &engine, workspace: &workspace, names: &names, limit: None };
        awaited.until_ended(events, |task| print_change(task, arguments.output)).await
    });
    match ended {
        Ok(tasks) => outcome(&tasks),
        Err(failure) if failure.status == ExitStatus::Interrupted => {
            drop(engine);
            detach::ensure_queue(&location)?;
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
