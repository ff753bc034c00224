//! `pyr status`: the counts, what runs, and what waits and why.

use std::fmt::Write as _;

use clap::Args;
use common::page::{TaskPage, TaskQuery};
use common::{Task, TaskStatus};
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::json::print_json;
use super::output::print_line;
use super::progress::line;
use super::project::Location;
use super::task_change::OutputArgs;

/// Maximum number of displayed queued tasks.
const MAX_QUEUED: i64 = 10;

/// `pyr status`
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the state of the workspace and of the project's queue.
///
/// # Errors
/// If the workspace cannot be opened.
pub(crate) fn status(global: &GlobalArgs, arguments: &StatusArgs) -> Result<(), Failure> {
    let location = Location::find(global)?;
    let (engine, workspace) = location.reader()?;
    let dashboard = engine.dashboard(&workspace, 0)?;
    if arguments.output.json {
        return print_json(&dashboard);
    }
    let running = tasks(&engine, &workspace, TaskStatus::Running, 0)?;
    let queued = tasks(&engine, &workspace, TaskStatus::Queued, MAX_QUEUED)?;
    let mut text = format!("workspace {}\n", dashboard.workspace.name);
    let counts: Vec<String> = running
        .status_counts
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(status, count)| format!("{count} {}", status.as_str()))
        .collect();
    // Writing to a String cannot fail.
    let _ = match counts.is_empty() {
        true => writeln!(text, "no tasks"),
        false => writeln!(text, "{}", counts.join(", ")),
    };
    let queue = dashboard.queue;
    let _ = writeln!(
        text,
        "queue of the project: {} of {} running, {} queued",
        queue.running, queue.max_workers, queue.queued
    );
    if queue.queued > 0 && !engine::queue_is_served(&location.pyruns_dir())? {
        text.push_str("no process runs the queue; start one with `pyr queue`\n");
    }
    list(&mut text, &running.items);
    list(&mut text, &queued.items);
    let more = queued.total.saturating_sub(queued.items.len() as u64);
    if more > 0 {
        let _ = writeln!(text, "… and {more} more queued");
    }
    print_line(text.trim_end());
    Ok(())
}

fn tasks(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    status: TaskStatus,
    limit: i64,
) -> Result<TaskPage, Failure> {
    let status = status.as_str().to_owned();
    let query = TaskQuery { status, limit, compact: true, ..TaskQuery::default() };
    Ok(engine.list_tasks(workspace, &query)?)
}

fn list(text: &mut String, tasks: &[Task]) {
    if tasks.is_empty() {
        return;
    }
    text.push('\n');
    for task in tasks {
        let _ = writeln!(text, "{}", line(task));
    }
}
