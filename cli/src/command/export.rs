//! `pyr export metrics`: exports the metrics of a run. `pyr list --format` exports the runs table.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::task_run::TaskRun;

/// `pyr export`
#[derive(Debug, Args)]
#[command(after_help = "pyr export metrics sweep_1-of-4@2 --format csv -o metrics.csv")]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Export all points of a run's metrics.
    Metrics {
        /// The task, or one of its runs: `TASK@3`; default: the newest run.
        task: String,
        /// Output format.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// Write to this file instead of standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// Comma-separated values.
    #[default]
    Csv,
    /// A JSON array of objects.
    Json,
    /// An event file of TensorBoard.
    Tensorboard,
}

/// Exports the metrics.
///
/// # Errors
/// If the task or run does not exist, or the output cannot be written.
pub(crate) fn export(global: &GlobalArgs, arguments: &ExportArgs) -> Result<(), Failure> {
    let What::Metrics { task, format, output } = &arguments.what;
    let (engine, workspace) = Location::find(global)?.reader()?;
    let wanted = TaskRun::find(task, &engine, &workspace)?;
    let format = match format {
        Format::Csv => engine::ExportFormat::Csv,
        Format::Json => engine::ExportFormat::Json,
        Format::Tensorboard => engine::ExportFormat::TensorBoard,
    };
    // Run 0 is the newest.
    let run = wanted.run.unwrap_or(0);
    let mut bytes = Vec::new();
    engine.export_run(&workspace, &wanted.task, run, format)?.write_to(&mut bytes)?;
    if let Some(path) = output {
        // A bare file name has no parent folder for the temporary file.
        return Ok(engine::write_atomic(&std::path::absolute(path)?, &bytes)?);
    }
    match io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
