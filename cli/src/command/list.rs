//! `pyr list`: prints or exports the runs table, with or without a running server.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use common::runs::{RunsQuery, WhichRuns};
use common::table_text::TextFormat;
use engine::{Engine, Error, TableFormat, WorkspaceSelector};

use super::disk;
use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::list_text;
use super::open::Target;

/// `pyr list`
#[derive(Debug, Args)]
#[command(after_help = "pyr list train.py --filter 'lr < 0.01 and status = completed' --sort -acc")]
pub(crate) struct ListArgs {
    /// A script, the word `shell`, or a workspace folder; default: the only workspace of the current folder.
    pub(crate) target: Option<OsString>,
    /// Show only matching runs: `lr < 0.01 and metrics.acc.max > 0.9`.
    #[arg(short, long, value_name = "QUERY", default_value = "")]
    pub(crate) filter: String,
    /// Sort by these columns; a leading `-` sorts in descending order.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// Group by these columns; the others show mean and standard deviation.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) group: Vec<String>,
    /// Show these columns; default: all in a file, those that differ in the terminal.
    #[arg(short, long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Show all runs of each task, not only the newest.
    #[arg(short, long)]
    pub(crate) all: bool,
    /// Maximum number of rows.
    #[arg(short = 'n', long, value_name = "ROWS")]
    pub(crate) limit: Option<u32>,
    /// Output format.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The output formats of `pyr list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// Aligned text for a terminal.
    #[default]
    Table,
    /// Comma-separated values.
    Csv,
    /// A JSON array of objects.
    Json,
    /// A Markdown table.
    Markdown,
    /// A LaTeX `tabular`.
    Latex,
    /// A Parquet file.
    Parquet,
}

/// Prints the table, or writes it to a file.
///
/// # Errors
/// If the target has no tasks, the query is invalid, or the file cannot be written.
pub(crate) fn list(global: &GlobalArgs, arguments: &ListArgs) -> Result<(), Failure> {
    let (engine, selector) = Target::of(global, arguments.target.as_deref())?.read_only()?;
    if let Some(warning) = engine.disk().as_ref().and_then(disk::warning) {
        warn(&warning);
    }
    let rendered = render(&engine, &selector, &query_of(arguments), arguments);
    let bytes = rendered.map_err(|error| error_with_mark(error, &arguments.filter))?;
    match &arguments.output {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|error| format!("writing {}: {error}", path.display()).into()),
        None => print(&bytes),
    }
}

/// Prints a warning to standard error, because a program may read the table.
#[expect(clippy::print_stderr, reason = "standard output is for the table alone")]
fn warn(line: &str) {
    eprintln!("{line}");
}

fn query_of(arguments: &ListArgs) -> RunsQuery {
    RunsQuery {
        filter: arguments.filter.clone(),
        runs: if arguments.all { WhichRuns::All } else { WhichRuns::Newest },
        columns: arguments.columns.clone(),
        sort: arguments.sort.iter().cloned().map(Into::into).collect(),
        group: arguments.group.clone(),
        limit: arguments.limit.map_or(0, i64::from),
        ..RunsQuery::default()
    }
}

fn render(
    engine: &Engine,
    selector: &WorkspaceSelector,
    query: &RunsQuery,
    arguments: &ListArgs,
) -> engine::Result<Vec<u8>> {
    let format = match arguments.format {
        ListFormat::Csv => TableFormat::Csv,
        ListFormat::Json => TableFormat::Json,
        ListFormat::Parquet => TableFormat::Parquet,
        ListFormat::Table | ListFormat::Markdown | ListFormat::Latex => {
            let mut page = engine.runs(selector, query)?;
            if query.columns.is_empty() {
                list_text::hide_constant_columns(&mut page, &query.group);
            }
            let table = list_text::text_table(&page, &query.group);
            return Ok(match arguments.format {
                ListFormat::Markdown => table.to_text(TextFormat::Markdown),
                ListFormat::Latex => table.to_text(TextFormat::Latex),
                _ => list_text::aligned(&table),
            }
            .into_bytes());
        }
    };
    engine.export_runs(selector, query, format)
}

/// The text of an error; an error of the filter is displayed with the filter and a mark at its position.
fn error_with_mark(error: Error, filter: &str) -> Failure {
    match &error {
        Error::Filter(wrong) => Failure::refused(format!("{error}\n{}", wrong.marked(filter))),
        _ => error.into(),
    }
}

/// Prints the table. A reader may close the pipe early, as `head` does.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
