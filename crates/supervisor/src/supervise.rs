//! Supervises a run from its claim to its end.

use std::path::Path;
use std::sync::Arc;

use super::reserve::Reserve;
use super::{begin, claim, finish, prepare, wait};
use store::Result;
use store::task::TaskDir;

/// Runs a queued task to its end, on the given GPUs if it requested some. Returns at once if the
/// task is no longer queued.
///
/// # Errors
/// When the task's files cannot be read or written; the server then reconciles the run.
pub fn supervise(task_dir: &Path, gpus: &[u32]) -> Result<()> {
    // A new session: Ctrl-C and hang-up of the terminal must not reach running tasks. This fails
    // only for a group leader, which a supervisor started by hand may be.
    let _ = rustix::process::setsid();
    // Orphaned grandchildren are reparented to the supervisor instead of init, so that they are
    // found.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    handle_interrupts();
    let Some(claim) = claim::claim(TaskDir::at(task_dir)?, gpus)? else {
        return Ok(());
    };
    let mut reserve = Reserve::take(&claim)?;
    let prepared = prepare::prepare(&claim)?;
    let Some(mut run) = begin::begin(&claim, prepared, &reserve)? else {
        return Ok(());
    };
    let outcome = wait::until_end(&claim, &mut run);
    let ending = run.ending(&claim, outcome);
    finish::finish_with_retries(&claim, &ending, &run, &mut reserve)
}

/// Makes SIGINT work in runs wherever the server was started. A shell sets SIGINT to ignored for
/// background commands of a script, and children inherit that. A signal with a handler is reset to
/// its default in the child.
fn handle_interrupts() {
    use signal_hook::consts::{SIGINT, SIGQUIT};
    for signal in [SIGINT, SIGQUIT] {
        // The flag is not read. Registering fails for neither of these signals.
        let _ = signal_hook::flag::register(signal, Arc::default());
    }
}
