//! A run from its claim to its end.

use std::path::Path;
use std::sync::Arc;

use super::reserve::Reserve;
use super::{begin, claim, finish, prepare, wait};
use store::Result;
use store::task::TaskDir;

/// Runs a queued task to its end, on the given GPUs where it asked for some. Returns at once when the
/// task is not queued any more.
///
/// # Errors
/// When the task's files cannot be read or written; the run is then marked by whoever looks next.
pub fn supervise(task_dir: &Path, gpus: &[u32]) -> Result<()> {
    // A session of its own: the terminal's Ctrl-C and hang-up are not for running tasks. It fails
    // only for a group leader, which a supervisor started by hand may be.
    let _ = rustix::process::setsid();
    // Grandchildren that leave the group are handed to us instead of to init, and so are found.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    hear_interrupts();
    let Some(claim) = claim::claim(TaskDir::new(task_dir.to_owned()), gpus)? else {
        return Ok(());
    };
    let mut reserve = Reserve::take(&claim)?;
    let prepared = prepare::prepare(&claim)?;
    let Some(mut run) = begin::begin(&claim, prepared, &reserve)? else {
        return Ok(());
    };
    let outcome = wait::until_end(&claim, &mut run);
    let ending = run.ending(&claim, outcome);
    finish::finish_surely(&claim, &ending, &run, &mut reserve)
}

/// Lets runs be interrupted wherever the server was started: a shell ignores Ctrl-C for what it puts
/// into the background of a script, and what is ignored stays so in every program started from there.
/// What a handler catches does not: the child has the usual meaning again.
fn hear_interrupts() {
    use signal_hook::consts::{SIGINT, SIGQUIT};
    for signal in [SIGINT, SIGQUIT] {
        // Nobody looks at the flag. It fails for no signal of these.
        let _ = signal_hook::flag::register(signal, Arc::default());
    }
}
