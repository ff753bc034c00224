//! A pseudo-terminal between the child and the log, for colours, progress bars and typed input.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;

use rustix::event::{PollFd, PollFlags};
use rustix::fs::{CWD, FileType, Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    LocalModes, OptionalActions, OutputModes, Winsize, tcgetattr, tcsetattr, tcsetwinsize,
};

/// The terminal size reported to programs.
const SIZE: Winsize = Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
/// Maximum input buffered for a child that does not read.
const MAX_PENDING_INPUT_BYTES: usize = 64 << 10;
/// Size of one write to the log.
const LOG_WRITE_BYTES: usize = 64 << 10;
/// Maximum number of bytes copied per call, so that the supervisor can handle other events.
const MAX_COPY_BYTES: usize = 1 << 20;
/// Ctrl-C.
const INTERRUPT: u8 = 3;

/// The master side of a pseudo-terminal, the log for its output, and the pipe for its input.
pub(crate) struct Terminal {
    master: File,
    log: File,
    /// The child's side is closed completely.
    closed: bool,
    input: Option<File>,
    input_path: PathBuf,
    /// Input that the terminal has not accepted yet.
    pending_input: Vec<u8>,
}

impl Terminal {
    /// Opens a pseudo-terminal; returns the child's side three times: stdin, stdout, stderr.
    ///
    /// # Errors
    /// When the system has no more terminals.
    pub(crate) fn open(log: File, input_path: PathBuf) -> io::Result<(Self, [OwnedFd; 3])> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let path = ptsname(&master, Vec::new())?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let child_side = rustix::fs::open(&path, flags, Mode::empty())?;
        let mut modes = tcgetattr(&child_side)?;
        // Line endings are logged as the program writes them, without the terminal's carriage
        // returns.
        modes.output_modes.remove(OutputModes::OPOST);
        tcsetattr(&child_side, OptionalActions::Now, &modes)?;
        tcsetwinsize(&child_side, SIZE)?;
        rustix::fs::fcntl_setfl(&master, OFlags::NONBLOCK)?;
        let (second, third) = (child_side.try_clone()?, child_side.try_clone()?);
        let input = make_pipe(&input_path);
        if let Err(error) = &input {
            tracing::warn!(%error, "terminal input of a run is not available");
        }
        let (pending_input, input) = (Vec::new(), input.ok());
        let terminal =
            Self { master: master.into(), log, closed: false, input, input_path, pending_input };
        Ok((terminal, [child_side, second, third]))
    }

    /// Becomes readable when the child writes; `None` after the child's side is closed.
    pub(crate) fn readable_fd(&self) -> Option<BorrowedFd<'_>> {
        (!self.closed).then(|| self.master.as_fd())
    }

    /// All descriptors to wait for: output, input, and space for buffered input.
    pub(crate) fn poll_fds(&self) -> impl Iterator<Item = PollFd<'_>> {
        let output_space =
            if self.pending_input.is_empty() { PollFlags::empty() } else { PollFlags::OUT };
        let output_fd =
            self.readable_fd().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN | output_space));
        let input_fd =
            self.input.as_ref().filter(|_| self.pending_input.len() < MAX_PENDING_INPUT_BYTES);
        output_fd.into_iter().chain(input_fd.map(|input| PollFd::new(input, PollFlags::IN)))
    }

    /// Copies the available output to the log, at most [`MAX_COPY_BYTES`] per call, so that a
    /// program that writes without pause does not block the supervisor. A terminal returns at most
    /// 4 KiB per read; reads are combined, because each write to the log wakes its followers.
    pub(crate) fn copy_output(&mut self) {
        let mut buffer = [0; LOG_WRITE_BYTES];
        let mut copied = 0;
        while !self.closed && copied < MAX_COPY_BYTES {
            let filled = self.fill(&mut buffer);
            if filled == 0 {
                return;
            }
            // A log that cannot be written must not stop the run.
            if let Err(error) = self.log.write_all(&buffer[..filled]) {
                tracing::warn!(%error, "could not append to a log");
            }
            copied += filled;
        }
    }

    /// Reads until no more data is available or the buffer is full.
    fn fill(&mut self, buffer: &mut [u8]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.master.read(&mut buffer[filled..]) {
                Ok(count @ 1..) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Linux returns EIO after the child's side is closed.
                Ok(0) | Err(_) => {
                    self.closed = true;
                    break;
                }
            }
        }
        filled
    }

    /// Forwards the input; returns whether it requests an interrupt.
    pub(crate) fn forward_input(&mut self) -> bool {
        let Some(input) = &mut self.input else { return false };
        let mut buffer = [0; 4096];
        while self.pending_input.len() < MAX_PENDING_INPUT_BYTES {
            match input.read(&mut buffer) {
                Ok(count @ 1..) => self.pending_input.extend_from_slice(&buffer[..count]),
                _ => break,
            }
        }
        let mut interrupt = false;
        // A program that reads single keys gets this one like any other.
        if self.pending_input.contains(&INTERRUPT) && self.has_signal_keys() {
            self.pending_input.retain(|byte| *byte != INTERRUPT);
            interrupt = true;
        }
        // The rest is retried when the terminal has space.
        if let Ok(written) = self.master.write(&self.pending_input) {
            self.pending_input.drain(..written);
        }
        interrupt
    }

    fn has_signal_keys(&self) -> bool {
        tcgetattr(&self.master).is_ok_and(|modes| modes.local_modes.contains(LocalModes::ISIG))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Left in place, it would be a pipe without a reader.
        let _ = fs::remove_file(&self.input_path);
    }
}

/// Also opened for writing, so that it does not reach end-of-file when a writer closes it.
fn make_pipe(path: &PathBuf) -> io::Result<File> {
    let _ = fs::remove_file(path);
    rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn endless_output_does_not_block() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        let opened = File::options().append(true).create(true).open(&log).unwrap();
        let (mut terminal, child_side) = Terminal::open(opened, dir.path().join("input")).unwrap();
        let total = 4 * MAX_COPY_BYTES;
        let writer = thread::spawn(move || {
            let [mut out, ..] = child_side.map(File::from);
            out.write_all(&vec![b'x'; total]).unwrap();
        });
        let length = || usize::try_from(fs::metadata(&log).unwrap().len()).unwrap();
        while !terminal.closed {
            let before = length();
            terminal.copy_output();
            assert!(length() - before < MAX_COPY_BYTES + LOG_WRITE_BYTES);
        }
        writer.join().unwrap();
        assert_eq!(length(), total);
    }
}
