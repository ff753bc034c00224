//! `pyr queue`: runs the project's queue until nothing is left to start.

use std::time::Duration;

use common::TaskStatus;
use common::page::TaskQuery;
use engine::{Engine, WorkspaceSelector};
use tokio::time::timeout;

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
    let (engine, _) = location.queue()?;
    runtime()?.block_on(async {
        let mut events = engine.subscribe(None);
        loop {
            if !is_busy(&engine, &location)? {
                return Ok(());
            }
            tokio::select! {
                _ = timeout(POLL, events.next()) => {}
                _ = tokio::signal::ctrl_c() => return Ok(()),
            }
        }
    })
}

/// Whether a task runs, or is queued and not held.
fn is_busy(engine: &Engine, location: &Location) -> Result<bool, Failure> {
    for workspace in location.workspaces() {
        let selector = WorkspaceSelector::Folder(workspace);
        for status in [TaskStatus::Running, TaskStatus::Queued] {
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
