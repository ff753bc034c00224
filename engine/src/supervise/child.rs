//! Starting the user's process.

use std::fs::OpenOptions;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use super::begin::Claim;
use super::plan::Plan;
use crate::task::store;
use crate::{Error, Result};

/// Starts the command with both outputs appended to the run's log, in a process group of its own.
///
/// The child writes to the file itself: nothing of ours stands between, so it never
/// waits for a reader and loses nothing when we die.
pub(super) fn spawn(claim: &Claim, plan: &Plan) -> Result<Child> {
    let log = claim.dir.log(claim.run_index);
    let opened = OpenOptions::new().append(true).create(true).open(&log);
    let stdout = opened.map_err(Error::io("opening the log", &log))?;
    let stderr = stdout.try_clone().map_err(Error::io("opening the log", &log))?;
    let mut command = Command::new(&plan.program);
    command
        .args(&plan.args)
        .current_dir(&plan.workdir)
        .envs(&plan.env)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .process_group(0);
    for key in &plan.unset {
        command.env_remove(key);
    }
    let child = command.spawn().map_err(Error::io("starting", &plan.program))?;
    let pid = child.id();
    // For clients to see; the run goes on where it cannot be written.
    let noted = store::update(&claim.dir, |info| {
        if let Some(run) = info.runs.last_mut() {
            run.pid = Some(pid);
        }
        Ok(())
    });
    if let Err(error) = noted {
        tracing::warn!(%error, pid, "could not note the pid of a run");
    }
    Ok(child)
}
