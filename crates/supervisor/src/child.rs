//! Starting the user's process.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use common::TaskKind;
use common::options::Capture;

use super::claim::Claim;
use super::plan::Plan;
use super::terminal::Terminal;
use logs::LineTimes;
use store::disk::open_append;
use store::task::TaskInfo;
use store::{Error, Result};

/// A child and what it speaks into.
pub(crate) struct Started {
    pub child: Child,
    /// Where it has a terminal: what it says must be carried to the log.
    pub terminal: Option<Terminal>,
    /// Notes when the log grows.
    pub times: LineTimes,
}

/// Starts the command in a process group of its own, with both outputs going to the run's log.
///
/// Without a terminal the child writes to the file itself: nothing of ours stands between, so it
/// never waits for a reader and loses nothing when we die.
pub(crate) fn spawn(claim: &Claim, info: &TaskInfo, plan: &Plan) -> Result<Started> {
    let path = claim.dir.log(claim.run_index);
    let log = open_append(&path).map_err(Error::io("opening the log", &path))?;
    let mut command = Command::new(&plan.program);
    command.args(&plan.args).current_dir(&plan.workdir).envs(&plan.env).process_group(0);
    for key in &plan.unset {
        command.env_remove(key);
    }
    let terminal = if wants_terminal(info) {
        let pipe = claim.dir.input_pipe(claim.run_index);
        let (terminal, [stdin, stdout, stderr]) =
            Terminal::open(log, pipe).map_err(Error::io("opening a terminal for", &path))?;
        command.stdin(stdin).stdout(stdout).stderr(stderr);
        Some(terminal)
    } else {
        let stderr = log.try_clone().map_err(Error::io("opening the log", &path))?;
        command.stdin(Stdio::null()).stdout(log).stderr(stderr);
        None
    };
    let child = command.spawn().map_err(Error::io("starting", &plan.program))?;
    Ok(Started { child, terminal, times: LineTimes::start(path) })
}

fn wants_terminal(info: &TaskInfo) -> bool {
    match info.options.capture {
        Capture::Auto => info.task_kind == TaskKind::Shell,
        Capture::Terminal => true,
        Capture::File => false,
    }
}
