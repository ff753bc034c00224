//! One run, executed by one small process of its own: `pyr supervise TASK_DIR`.
//!
//! It reads everything it needs from the disk and writes everything it learns there,
//! so that it needs no scheduler, no socket and no shared pid space: whoever can see
//! the task's folder can start it and follow it.

mod banner;
mod begin;
mod child;
mod finish;
mod interrupted;
mod plan;
mod tree;
mod wait;

use std::path::Path;
use std::time::Instant;

pub(crate) use finish::fail_unstarted;
pub(crate) use interrupted::reconcile;

use crate::Result;
use crate::task::TaskDir;
use crate::workspace::read_settings;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The child left with this code.
    Exited(i32),
    /// A signal ended the child.
    Signalled(i32),
    /// The child could not be started, in words.
    NotStarted(String),
    /// The supervisor was gone while the run went on.
    Interrupted,
}

/// Runs a queued task to its end. Returns at once when the task is not queued any more.
///
/// # Errors
/// When the task's files cannot be read or written; the run is then marked by whoever looks next.
pub fn supervise(task_dir: &Path) -> Result<()> {
    // A session of its own: the terminal's Ctrl-C and hang-up are not for running tasks. It fails
    // only for a group leader, which a supervisor started by hand may be.
    let _ = rustix::process::setsid();
    // Grandchildren that leave the group are handed to us instead of to init, and so are found.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    let dir = TaskDir::new(task_dir.to_owned());
    let Some(claim) = begin::claim(dir)? else {
        return Ok(());
    };
    let started = Instant::now();
    let plan = plan::plan(&claim);
    let command = plan.as_ref().map(ToString::to_string).unwrap_or_default();
    banner::start(&claim);
    let outcome = match plan.and_then(|plan| child::spawn(&claim, &plan)) {
        Ok(child) => {
            let grace = read_settings(&claim.pyruns_dir()).cancel_grace();
            wait::until_end(&claim, child, grace)
        }
        Err(error) => Outcome::NotStarted(error.to_string()),
    };
    finish::finish(&claim.dir, claim.run_index, &outcome, Some(started.elapsed()), &command)
}
