//! `pyr queue`: runs the project's queue until nothing is left to start.

use std::time::Duration;

use tokio::time::sleep;

use super::detach::{has_work, released};
use super::failure::Failure;
use super::project::Location;
use super::runtime::{runtime, start_log};

/// How often it is checked whether anything is left to start.
const POLL: Duration = Duration::from_millis(200);

/// Runs the queue. Ends when no task of the project runs or can start; held tasks are not waited for.
///
/// # Errors
/// If the project cannot be opened.
pub(crate) fn queue() -> Result<(), Failure> {
    start_log();
    // The terminal that started it may be closed. Fails only for a group leader, which is its own group already.
    let _ = rustix::process::setsid();
    let location = Location::any()?;
    loop {
        if serve(&location)? == Served::Interrupted || !released(&location)? {
            return Ok(());
        }
        // A command may have queued a task when nothing was left to start, and relied on this process.
        let (reader, _) = location.reader()?;
        if !has_work(&reader, &location)? {
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
        loop {
            if !has_work(&engine, location)? {
                return Ok(Served::Everything);
            }
            tokio::select! {
                () = sleep(POLL) => {}
                _ = tokio::signal::ctrl_c() => return Ok(Served::Interrupted),
            }
        }
    })
}
