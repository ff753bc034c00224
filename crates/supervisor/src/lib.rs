#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod banner;
mod begin;
mod child;
mod claim;
mod finish;
pub mod gpu;
mod interrupted;
mod memory;
mod plan;
mod prepare;
pub mod provenance;
mod python_module;
mod reserve;
mod sample;
mod sample_gpus;
mod script_error;
mod settle;
mod terminal;
mod tree;
mod usage;
mod wait;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use finish::fail_unstarted;
pub use interrupted::reconcile;
pub use script_error::script_error;

use serde::{Deserialize, Serialize};

use reserve::Reserve;
use store::task::TaskDir;
use store::{Result, clock};
use usage::Usage;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The child left with this code.
    Exited(i32),
    /// A signal ended the child.
    Signalled(i32),
    /// It took longer than it may.
    TimedOut(Duration),
    /// The child could not be started, in words.
    NotStarted(String),
    /// The supervisor was gone while the run went on.
    Interrupted,
}

/// The end of a run, as far as its supervisor knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ending {
    outcome: Outcome,
    /// When it ended, local time and exactly in UTC.
    finish_time: String,
    finished_at: String,
    /// Nothing when nobody has seen it run.
    duration: Option<Duration>,
    usage: Usage,
    /// It ended for want of memory.
    out_of_memory: bool,
}

impl Ending {
    /// The end of a run that has just ended.
    fn now(
        outcome: Outcome,
        duration: Option<Duration>,
        usage: Usage,
        out_of_memory: bool,
    ) -> Self {
        let (finish_time, finished_at) = (clock::local_stamp(), clock::utc_stamp());
        Self { outcome, finish_time, finished_at, duration, usage, out_of_memory }
    }
}

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
