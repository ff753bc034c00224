//! `pyr extend @BATCH --set KEY=VALUES`: adds values of a parameter to a batch.

use clap::Args;
use common::TaskName;
use common::batches::{ExtendBatchRequest, ExtendBatchResponse};

use super::detach::ensure_queue;
use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::grid_form::assignment;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr extend`
#[derive(Debug, Args)]
#[command(after_help = "pyr extend @sweep_of-4 --set lr='1e-3 | 1e-4' --run")]
pub(crate) struct ExtendArgs {
    /// The batch: `@sweep_of-4`.
    batch: String,
    /// The new values of a parameter, as in the form. Values that the batch has are skipped.
    #[arg(long, value_name = "KEY=VALUES")]
    set: String,
    /// Queue the new tasks. If no server runs the queue, a background process does until nothing is left to start.
    #[arg(long, conflicts_with = "dry_run")]
    run: bool,
    /// Print the number of new tasks and the first names, and create nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Creates the tasks of the new values, combined with all values of the other parameters.
///
/// # Errors
/// If the batch or the parameter does not exist, or no value is new.
pub(crate) fn extend(global: &GlobalArgs, arguments: &ExtendArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let (engine, workspace) = match arguments.dry_run {
        true => location.reader()?,
        false => location.client()?,
    };
    let text = arguments.batch.strip_prefix('@').unwrap_or(&arguments.batch);
    let batch = engine::requested_batch(text)?;
    let (key, values) = assignment(&arguments.set)?;
    let request = ExtendBatchRequest {
        key: key.to_owned(),
        values: values.to_owned(),
        run: arguments.run,
        preview: arguments.dry_run,
    };
    let response = engine.extend_batch(&workspace, &batch, &request)?;
    if arguments.run {
        ensure_queue(&location)?;
    }
    if arguments.output.json {
        return print_json(&response);
    }
    lines(&response, arguments).iter().for_each(|line| print_line(line));
    Ok(())
}

fn lines(response: &ExtendBatchResponse, arguments: &ExtendArgs) -> Vec<String> {
    let ExtendBatchResponse { count, total, task_names, .. } = response;
    if !arguments.dry_run {
        let done = if arguments.run { "queued" } else { "created" };
        return task_names.iter().map(|name| format!("{done} {name}")).collect();
    }
    let mut lines = vec![
        format!("{count} new tasks; the batch then has {total}"),
        format!("First {} of {count}", task_names.len()),
    ];
    lines.extend(task_names.iter().map(TaskName::to_string));
    lines
}
