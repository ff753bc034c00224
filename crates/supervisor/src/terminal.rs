//! A pseudo-terminal between the child and the log, for colours, progress bars and what is typed.

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

/// What programs believe the terminal's size to be.
const SIZE: Winsize = Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
/// The most bytes that wait for a child that does not read.
const MAX_TYPED_BYTES: usize = 64 << 10;
/// How much is written at once.
const WRITE_BYTES: usize = 64 << 10;
/// How much is carried before there is a look at what else has happened.
const TURN_BYTES: usize = 1 << 20;
/// Ctrl-C.
const INTERRUPT: u8 = 3;

/// Our end of it, the log that what is said goes to, and the pipe that what is typed comes from.
pub(crate) struct Terminal {
    ours: File,
    log: File,
    /// Every end of the child's side is closed.
    closed: bool,
    input: Option<File>,
    input_path: PathBuf,
    /// What was typed and the terminal has not taken yet.
    typed: Vec<u8>,
}

impl Terminal {
    /// Opens a pair; the child's end comes three times, for its input and both outputs.
    ///
    /// # Errors
    /// When the system has no more terminals.
    pub(crate) fn open(log: File, input_path: PathBuf) -> io::Result<(Self, [OwnedFd; 3])> {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&ours)?;
        unlockpt(&ours)?;
        let path = ptsname(&ours, Vec::new())?;
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let theirs = rustix::fs::open(&path, flags, Mode::empty())?;
        let mut modes = tcgetattr(&theirs)?;
        // Lines end in the log as the program ends them, without a carriage return of the terminal's.
        modes.output_modes.remove(OutputModes::OPOST);
        tcsetattr(&theirs, OptionalActions::Now, &modes)?;
        tcsetwinsize(&theirs, SIZE)?;
        rustix::fs::fcntl_setfl(&ours, OFlags::NONBLOCK)?;
        let (second, third) = (theirs.try_clone()?, theirs.try_clone()?);
        let input = make_pipe(&input_path);
        if let Err(error) = &input {
            tracing::warn!(%error, "nothing can be typed into a run");
        }
        let (typed, input) = (Vec::new(), input.ok());
        let terminal = Self { ours: ours.into(), log, closed: false, input, input_path, typed };
        Ok((terminal, [theirs, second, third]))
    }

    /// What becomes readable when the child says something; nothing when nobody can any more.
    pub(crate) fn awaited(&self) -> Option<BorrowedFd<'_>> {
        (!self.closed).then(|| self.ours.as_fd())
    }

    /// Everything to wait for: what is said, what is typed, room for what was typed.
    pub(crate) fn awaited_all(&self) -> impl Iterator<Item = PollFd<'_>> {
        let room = if self.typed.is_empty() { PollFlags::empty() } else { PollFlags::OUT };
        let said = self.awaited().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN | room));
        let typing = self.input.as_ref().filter(|_| self.typed.len() < MAX_TYPED_BYTES);
        said.into_iter().chain(typing.map(|input| PollFd::new(input, PollFlags::IN)))
    }

    /// Carries what was said to the log: what is there now, at most so much that who speaks without a
    /// pause does not keep us from everything else. A terminal gives 4 KiB at a time; they are written
    /// together, because each write wakes whoever follows the log.
    pub(crate) fn carry(&mut self) {
        let mut buffer = [0; WRITE_BYTES];
        let mut carried = 0;
        while !self.closed && carried < TURN_BYTES {
            let filled = self.fill(&mut buffer);
            if filled == 0 {
                return;
            }
            // A log that cannot be written must not stop the run.
            if let Err(error) = self.log.write_all(&buffer[..filled]) {
                tracing::warn!(%error, "could not append to a log");
            }
            carried += filled;
        }
    }

    /// Reads until there is nothing more for now, or no room.
    fn fill(&mut self, buffer: &mut [u8]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.ours.read(&mut buffer[filled..]) {
                Ok(count @ 1..) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // With all ends of the child's side closed Linux says EIO.
                Ok(0) | Err(_) => {
                    self.closed = true;
                    break;
                }
            }
        }
        filled
    }

    /// Hands on what was typed; true where that asks for an interrupt.
    pub(crate) fn type_on(&mut self) -> bool {
        let Some(input) = &mut self.input else { return false };
        let mut buffer = [0; 4096];
        while self.typed.len() < MAX_TYPED_BYTES {
            match input.read(&mut buffer) {
                Ok(count @ 1..) => self.typed.extend_from_slice(&buffer[..count]),
                _ => break,
            }
        }
        let mut interrupt = false;
        // A program that reads single keys gets this one like any other.
        if self.typed.contains(&INTERRUPT) && self.signals() {
            self.typed.retain(|byte| *byte != INTERRUPT);
            interrupt = true;
        }
        // What does not fit now is tried again when there is room.
        if let Ok(taken) = self.ours.write(&self.typed) {
            self.typed.drain(..taken);
        }
        interrupt
    }

    fn signals(&self) -> bool {
        tcgetattr(&self.ours).is_ok_and(|modes| modes.local_modes.contains(LocalModes::ISIG))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Left behind, it is a pipe without a reader, which nobody can type into.
        let _ = fs::remove_file(&self.input_path);
    }
}

/// Opened for writing too, so that it does not end with whoever typed last.
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
    fn who_never_stops_speaking_does_not_keep_us() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        let opened = File::options().append(true).create(true).open(&log).unwrap();
        let (mut terminal, theirs) = Terminal::open(opened, dir.path().join("input")).unwrap();
        let total = 4 * TURN_BYTES;
        let speaker = thread::spawn(move || {
            let [mut out, ..] = theirs.map(File::from);
            out.write_all(&vec![b'x'; total]).unwrap();
        });
        let length = || usize::try_from(fs::metadata(&log).unwrap().len()).unwrap();
        while !terminal.closed {
            let before = length();
            terminal.carry();
            assert!(length() - before < TURN_BYTES + WRITE_BYTES);
        }
        speaker.join().unwrap();
        assert_eq!(length(), total);
    }
}
