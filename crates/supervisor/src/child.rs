//! Starts the user's process.

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

/// A child process and the ends of its terminal.
pub(crate) struct Started {
    pub child: Child,
    /// The terminal, if the task has one: its output must be copied to the log.
    pub terminal: Option<Terminal>,
    /// Records when the log grows.
    pub times: LineTimes,
}

/// Starts the command in its own process group, with stdout and stderr going to the run's log.
///
/// Without a terminal the child writes to the file directly: it never waits for the supervisor to
/// read, and loses no output if the supervisor dies.
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
