//! `pyr retry @BATCH`: queues exactly the failed and missing tasks of a batch again.

use clap::Args;
use common::batches::RerunBatchRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr retry`
#[derive(Debug, Args)]
pub(crate) struct RetryArgs {
    /// The batch: `@sweep_of-4`.
    batch: String,
    /// Queue cancelled tasks as well.
    #[arg(long)]
    cancelled: bool,
    /// Do not create missing tasks again.
    #[arg(long)]
    no_missing: bool,
    /// If one of the tasks fails, cancel the queued ones.
    #[arg(long)]
    fail_fast: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Queues the tasks again.
///
/// # Errors
/// If the batch does not exist or a task cannot be written.
pub(crate) fn retry(global: &GlobalArgs, arguments: &RetryArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let text = arguments.batch.strip_prefix('@').unwrap_or(&arguments.batch);
    let batch = engine::requested_batch(text)?;
    let request = RerunBatchRequest {
        failed: true,
        cancelled: arguments.cancelled,
        missing: !arguments.no_missing,
        fail_fast: arguments.fail_fast,
    };
    let response = engine.rerun_batch(&workspace, &batch, &request)?;
    if arguments.output.json {
        return print_json(&response);
    }
    response.task_names.iter().for_each(|name| print_line(&format!("queued {name}")));
    if response.count == 0 {
        print_line("Nothing is left to run.");
    }
    Ok(())
}
