//! `pyr show`: everything of a task on one screen.

use std::fmt::Write as _;

use clap::Args;
use common::Task;
use common::timestamp::{duration, readable};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;
use super::task_run::TaskRun;

/// Width of the names.
const NAME_WIDTH: usize = 12;

/// `pyr show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The task, or one of its runs: `TASK@3`.
    task: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints a task: its state, parameters, runs, results and paths.
///
/// # Errors
/// If the task or run does not exist.
pub(crate) fn show(global: &GlobalArgs, arguments: &ShowArgs) -> Result<(), Failure> {
    let (engine, workspace) = Location::find(global)?.reader()?;
    let wanted = TaskRun::find(&arguments.task, &engine, &workspace)?;
    let task = engine.get_task(&workspace, &wanted.task)?;
    if wanted.run.is_some_and(|run| run > task.run_index) {
        let text = format!("Task '{}' has {} runs.", wanted.task, task.run_index);
        return Err(Failure::not_found(text));
    }
    if arguments.output.json {
        return print_json(&task);
    }
    print_line(text(&task, wanted.run).trim_end());
    Ok(())
}

fn text(task: &Task, run: Option<u32>) -> String {
    let mut text = format!("{}  {}\n", task.name, task.status.as_str());
    if let Some(failure) = &task.failure_summary {
        field(&mut text, "failure", &failure.text);
    }
    if let Some(reason) = &task.wait_reason {
        field(&mut text, "waits", reason);
    }
    field(&mut text, "created", &readable(&task.created_at));
    field(&mut text, "folder", &task.dir);
    field(&mut text, "script", &task.script);
    field(&mut text, "tags", &task.tags.join(", "));
    field(&mut text, "notes", task.notes.trim());
    section(&mut text, "parameters", task.config_text.trim_end());
    runs(&mut text, task, run);
    text
}

/// The runs, newest first, or the given one.
fn runs(text: &mut String, task: &Task, only: Option<u32>) {
    for run in (1..=task.run_index).rev().filter(|run| only.is_none_or(|only| only == *run)) {
        let at = run as usize - 1;
        let got = |values: &[String]| values.get(at).cloned().unwrap_or_default();
        let _ = writeln!(text, "\nrun {run}");
        field(text, "started", &readable(&got(&task.start_times)));
        field(text, "finished", &readable(&got(&task.finish_times)));
        if let Some(seconds) = task.durations_s.get(at).copied().flatten() {
            field(text, "duration", &duration(seconds));
        }
        if let Some(code) = task.exit_codes.get(at).copied().flatten() {
            field(text, "exit code", &code.to_string());
        }
        field(text, "reason", &got(&task.reasons));
        if let Some(seconds) = task.cpu_s.get(at).copied().flatten() {
            field(text, "CPU time", &duration(seconds));
        }
        if let Some(bytes) = task.peak_memory_bytes.get(at).copied().flatten() {
            #[expect(clippy::cast_precision_loss, reason = "three digits are printed")]
            field(text, "memory", &common::number::bytes(bytes as f64));
        }
        for (key, value) in task.records.get(at).into_iter().flatten() {
            field(text, key, &plain(value));
        }
    }
}

/// A result as text, without the quotes of JSON.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Adds a line unless the value is empty.
fn field(text: &mut String, name: &str, value: &str) {
    for (at, line) in value.lines().enumerate() {
        let name = if at == 0 { name } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<NAME_WIDTH$}  {line}");
    }
}

fn section(text: &mut String, name: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{name}");
    for line in body.lines() {
        let _ = writeln!(text, "  {line}");
    }
}
