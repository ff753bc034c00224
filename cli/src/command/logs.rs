//! `pyr logs`: prints a task's log, and follows it.

use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use common::ansi;
use common::log::{LogMessage, LogQuery};
use engine::{Engine, LogStart, WorkspaceSelector};

use super::failure::{ExitStatus, Failure};
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::runtime::runtime;
use super::task_change::OutputArgs;
use super::task_run::TaskRun;

/// `pyr logs`
#[derive(Debug, Args)]
#[command(after_help = "pyr logs sweep_1-of-4 -f\npyr logs sweep_1-of-4@2 -n 50 --plain")]
pub(crate) struct LogsArgs {
    /// The task, or one of its runs: `TASK@3`; default: the newest run.
    task: String,
    /// Follow the log until the run ends; of a task that has not started, from its start.
    #[arg(short, long)]
    follow: bool,
    /// Print only the last lines.
    #[arg(short = 'n', long, value_name = "LINES")]
    lines: Option<u64>,
    /// Remove colours and other terminal sequences.
    #[arg(long)]
    plain: bool,
    /// Print the path of the log file.
    #[arg(long, conflicts_with_all = ["follow", "lines", "plain"])]
    path: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the log.
///
/// # Errors
/// If the task or run does not exist, or a followed run did not complete.
pub(crate) fn logs(global: &GlobalArgs, arguments: &LogsArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.reader()?;
    let wanted = TaskRun::find(&arguments.task, &engine, &workspace)?;
    if arguments.path {
        return path(&engine, &workspace, &wanted);
    }
    let query = LogQuery {
        log_file_name: wanted.log_file_name(),
        tail_lines: arguments.lines,
        // Without a number of lines, everything.
        offset: arguments.lines.is_none().then_some(0),
        ..LogQuery::default()
    };
    let offset = print_stored(&engine, &workspace, &wanted, query, arguments)?;
    match arguments.follow {
        true => follow(&engine, &workspace, &wanted, offset, arguments),
        false => Ok(()),
    }
}

fn path(engine: &Engine, workspace: &WorkspaceSelector, wanted: &TaskRun) -> Result<(), Failure> {
    let task = engine.get_task(workspace, &wanted.task)?;
    let run = wanted.run.unwrap_or(task.run_index);
    let path = Path::new(&task.dir).join(format!("run_logs/run{run}.log"));
    match run > 0 && path.is_file() {
        true => print_line(&path.display().to_string()),
        false => {
            let text = format!("Run {run} of task '{}' has no log.", wanted.task);
            return Err(Failure::not_found(text));
        }
    }
    Ok(())
}

/// Prints what the log contains now. Returns the offset of its end.
fn print_stored(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    wanted: &TaskRun,
    mut query: LogQuery,
    arguments: &LogsArgs,
) -> Result<u64, Failure> {
    loop {
        let chunk = engine.read_log(workspace, &wanted.task, &query)?;
        let is_end = chunk.content.is_empty() || query.offset.is_none();
        if !chunk.content.is_empty() {
            match arguments.output.json {
                true => print_json(&chunk)?,
                false => print_text(&chunk.content, arguments.plain)?,
            }
        }
        if is_end {
            return Ok(chunk.offset);
        }
        query.offset = Some(chunk.offset);
    }
}

fn follow(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    wanted: &TaskRun,
    offset: u64,
    arguments: &LogsArgs,
) -> Result<(), Failure> {
    let task = engine.get_task(workspace, &wanted.task)?;
    if !task.status.is_active() || wanted.run.is_some_and(|run| run < task.run_index) {
        return Ok(());
    }
    let start = LogStart {
        log_file_name: wanted.log_file_name(),
        offset: Some(offset),
        ..LogStart::default()
    };
    runtime()?.block_on(async {
        let mut follower = engine.follow_log(workspace, &wanted.task, &start)?;
        loop {
            let message = tokio::select! {
                message = follower.next() => message,
                _ = tokio::signal::ctrl_c() => {
                    return Err(Failure::new(ExitStatus::Interrupted, "The run is not affected."));
                }
            };
            let Some(message) = message else {
                return Err(Failure::not_found(format!("Task '{}' was deleted.", wanted.task)));
            };
            if arguments.output.json {
                print_json(&message)?;
            }
            match message {
                LogMessage::Chunk { content, .. } if !arguments.output.json => {
                    print_text(&content, arguments.plain)?;
                }
                LogMessage::End { status, .. } if status != common::TaskStatus::Completed => {
                    return Err(format!("{} {}.", wanted.task, status.as_str()).into());
                }
                LogMessage::End { .. } => return Ok(()),
                _ => {}
            }
        }
    })
}

/// Prints a part of a log. A reader may close the pipe early, as `head` does.
///
/// # Errors
/// If standard output cannot be written.
pub(super) fn print_text(text: &str, is_plain: bool) -> Result<(), Failure> {
    let plain;
    let text = match is_plain {
        true => {
            plain = plain_lines(text);
            plain.as_str()
        }
        false => text,
    };
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => Ok(result?),
    }
}

/// The text without terminal sequences. `ansi::plain` drops the end of a line.
fn plain_lines(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        plain.push_str(&ansi::plain(line));
        if line.ends_with('\n') {
            plain.push('\n');
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(plain_lines("\u{1b}[31mred\u{1b}[0m\nend"), "red\nend");
        assert_eq!(plain_lines("a\n\nb\n"), "a\n\nb\n");
    }
}
