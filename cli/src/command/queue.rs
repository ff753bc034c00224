//! `pyr queue`: runs the project's queue until nothing is left to start.

use std::time::Duration;

use common::TaskStatus;
use common::page::TaskQuery;
use engine::{Engine, WorkspaceSelector};
use tokio::time::timeout;

use super::detach::released;
use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::project::Location;
use super::runtime::{runtime, start_log};

/// How often the queue is looked at if no event arrives.
const POLL: Duration = Duration::from_secs(2);

/// Runs the queue. Ends when no task of the project runs or can start; held tasks are not waited for.
///
/// # Errors
/// If the project cannot be opened.
pub(crate) fn queue(global: &GlobalArgs) -> Result<(), Failure> {
    start_log();
    // The terminal that started it may be closed. Fails only for a group leader, which is its own group already.
    let _ = rustix::process::setsid();
    let location = Location::any(global)?;
    loop {
        if serve(&location)? == Served::Interrupted || !released(&location)? {
            return Ok(());
        }
        // A command may have queued a task when nothing was left to start, and relied on this process.
        let (reader, _) = location.reader()?;
        if !is_busy(&reader, &location)? {
            return Ok(());
        }
    }
}

/// Why the queue is not run any more.
#[derive(Debug, PartialEq, Eq)]
enum Served {
    /// Nothing is left to start.
    Everything,
    /// The user has interrupted the command.
    Interrupted,
}

fn serve(location: &Location) -> Result<Served, Failure> {
    let (engine, _) = location.queue()?;
    runtime()?.block_on(async {
        let mut events = engine.subscribe(None);
        loop {
            if !is_busy(&engine, location)? {
                return Ok(Served::Everything);
            }
            tokio::select! {
                _ = timeout(POLL, events.next()) => {}
                _ = tokio::signal::ctrl_c() => return Ok(Served::Interrupted),
            }
        }
    })
}

/// Whether a task runs, or is queued and not held.
fn is_busy(engine: &Engine, location: &Location) -> Result<bool, Failure> {
    for workspace in location.workspaces() {
        let selector = WorkspaceSelector::Folder(workspace);
        // A task that starts meanwhile is found as running; one that is queued for another try, as queued.
        for status in [TaskStatus::Queued, TaskStatus::Running, TaskStatus::Queued] {
            let status = status.as_str().to_owned();
            let query = TaskQuery { status, limit: 0, compact: true, ..TaskQuery::default() };
            let page = engine.list_tasks(&selector, &query)?;
            let counts =
                |task: &common::Task| task.status == TaskStatus::Running || !task.options.held;
            if page.items.iter().any(counts) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
