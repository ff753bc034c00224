//! Starts a background process that runs the queue.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::TaskStatus;
use common::page::TaskQuery;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::project::Location;

/// How often, and how many times, the lock of the queue is checked.
const RELEASE_POLL: Duration = Duration::from_millis(5);
const RELEASE_POLLS: u32 = 200;

/// Starts `pyr queue` for the project, unless a process runs its queue. If both start at the same moment, one of
/// them is elected and the other ends with it.
///
/// # Errors
/// If the process cannot be started.
pub(crate) fn ensure_queue(location: &Location) -> Result<(), Failure> {
    if engine::queue_is_served(&location.pyruns_dir())? {
        return Ok(());
    }
    let mut command = Command::new(env::current_exe()?);
    command.arg("queue").arg("-C").arg(location.project());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C in the terminal of this command must not reach it.
    command.process_group(0);
    let child = command.spawn();
    child.map(drop).map_err(|error| format!("starting the background queue: {error}").into())
}

/// Waits until this process, whose engine was dropped, does not run the queue any more. False if another process
/// has taken it over.
///
/// # Errors
/// If the lock of the queue cannot be opened.
pub(crate) fn released(location: &Location) -> Result<bool, Failure> {
    for _ in 0..RELEASE_POLLS {
        if !engine::queue_is_served(&location.pyruns_dir())? {
            return Ok(true);
        }
        std::thread::sleep(RELEASE_POLL);
    }
    Ok(false)
}

/// Whether a task of the project runs, or is queued and not held.
///
/// # Errors
/// If a workspace cannot be opened.
pub(crate) fn has_work(engine: &Engine, location: &Location) -> Result<bool, Failure> {
    for workspace in location.workspaces() {
        let selector = WorkspaceSelector::Folder(workspace);
        let tasks = |status: TaskStatus, limit| {
            let status = status.as_str().to_owned();
            let query = TaskQuery { status, limit, compact: true, ..TaskQuery::default() };
            engine.list_tasks(&selector, &query)
        };
        // A task that starts meanwhile is found as running; one that is queued for another try, as queued.
        if tasks(TaskStatus::Running, 1)?.total > 0
            || tasks(TaskStatus::Queued, 0)?.items.iter().any(|task| !task.options.held)
            || tasks(TaskStatus::Running, 1)?.total > 0
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Ends the engine of a command. If it ran the queue and the project has tasks left, a background process goes on
/// with them.
///
/// # Errors
/// If the background process cannot be started.
pub(crate) fn hand_over(engine: Engine, location: &Location) -> Result<(), Failure> {
    let has_work = has_work(&engine, location)?;
    drop(engine);
    if has_work && released(location)? {
        ensure_queue(location)?;
    }
    Ok(())
}
