//! `pyr inputs TASK@RUN --to DIR`: restores the inputs of a run.

use std::path::PathBuf;

use clap::Args;
use common::provenance::RestoreInputsRequest;

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;
use super::task_run::TaskRun;

/// `pyr inputs`
#[derive(Debug, Args)]
#[command(after_help = "pyr inputs sweep_1-of-4@2 --to restored")]
pub(crate) struct InputsArgs {
    /// The task, or one of its runs: `TASK@3`; default: the newest run.
    task: String,
    /// A new or empty folder of the project, absolute or relative to the project's folder.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
}

/// Writes the code, configuration and packages of a run, and a script that runs it again.
///
/// # Errors
/// If the run has no provenance record, or the folder is not empty or cannot be written.
pub(crate) fn inputs(global: &GlobalArgs, arguments: &InputsArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.client()?;
    let wanted = TaskRun::find(&arguments.task, &engine, &workspace)?;
    let to = arguments.to.to_string_lossy().into_owned();
    let request = RestoreInputsRequest { run_index: wanted.run, to };
    let response = engine.restore_inputs(&workspace, &wanted.task, &request)?;
    if arguments.output.json {
        return print_json(&response);
    }
    print_line(&format!("restored {} to {}", wanted.task, response.to));
    response.written.iter().for_each(|file| print_line(&format!("  {file}")));
    response.gaps.iter().for_each(|gap| print_line(&format!("not restored exactly: {gap}")));
    Ok(())
}
