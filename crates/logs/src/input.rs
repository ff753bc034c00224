//! Input to the terminal of a run.
//!
//! The supervisor reads a named pipe beside the log. Every process that may write to the task's
//! folder on the same machine can send input, without connecting to the supervisor.

use std::fs::File;
use std::io::{self, Write};

use common::log::InputTaken;
use rustix::fs::OFlags;
use rustix::io::Errno;

use store::task::TaskDir;
use store::task::paths::input_pipe_name;
use store::{Error, Result};

/// Maximum size of one request; the kernel writes up to this size to a pipe atomically.
const MAX_BYTES: usize = 4096;

/// Sends input to the terminal of an active run.
///
/// # Errors
/// When the run has no terminal, or its input buffer is full.
pub fn type_into(dir: &TaskDir, run_index: u32, text: &str) -> Result<InputTaken> {
    if text.len() > MAX_BYTES {
        return Err(Error::invalid(format!("text: more than {MAX_BYTES} bytes at a time")));
    }
    let (name, path) = (dir.name(), dir.input_pipe(run_index));
    let mut pipe = open(dir, run_index).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::invalid(format!(
            "Run {run_index} of task '{name}' has no terminal. Set capture to terminal and run it again."
        )),
        _ => Error::io("typing into the run, by", &path)(error),
    })?;
    pipe.write_all(text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => {
            Error::invalid(format!("Task '{name}' has not read its previous input"))
        }
        _ => Error::io("typing into the run, by", &path)(error),
    })?;
    Ok(InputTaken { ok: true, run_index })
}

/// Whether a supervisor reads the pipe.
pub(crate) fn is_open(dir: &TaskDir, run_index: u32) -> bool {
    open(dir, run_index).is_ok()
}

/// Fails if there is no pipe, or no supervisor that reads it.
fn open(dir: &TaskDir, run_index: u32) -> io::Result<File> {
    let writing = OFlags::WRONLY | OFlags::NONBLOCK;
    let logs = dir.hold_run_logs()?;
    logs.open_file(&input_pipe_name(run_index), writing).map_err(|error| {
        match error.raw_os_error() == Some(Errno::NXIO.raw_os_error()) {
            true => io::ErrorKind::NotFound.into(),
            false => error,
        }
    })
}
