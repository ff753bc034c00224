//! The `pyr` binary, run with a deadline.

use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use crate::project::Project;

/// How long a command may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

pub(crate) fn command(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyr"));
    command.current_dir(project.path()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn pyr(project: &Project, arguments: &[&str]) -> Output {
    ended(command(project, arguments).spawn().unwrap())
}

/// The output of a command, which is killed at the deadline.
pub(crate) fn ended(child: Child) -> Output {
    let pid = child.id();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    receiver.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        test_support::kill(pid);
        panic!("pyr did not end within {DEADLINE:?}")
    })
}

pub(crate) fn said(project: &Project, arguments: &[&str]) -> String {
    let output = pyr(project, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn json(project: &Project, arguments: &[&str]) -> Value {
    serde_json::from_str(&said(project, arguments)).unwrap()
}

/// The exit status and the error of a command that does not succeed.
pub(crate) fn refused(project: &Project, arguments: &[&str]) -> (i32, String) {
    let output = pyr(project, arguments);
    assert_eq!(output.stdout, b"", "{arguments:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}
