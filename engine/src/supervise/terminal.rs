//! A pseudo-terminal between the child and the log, for colours and progress bars.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, OutputModes, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

/// What programs believe the terminal's size to be.
const SIZE: Winsize = Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };

/// Our end of it, and the log that what is said goes to.
pub(super) struct Terminal {
    ours: File,
    log: File,
    /// Every end of the child's side is closed.
    closed: bool,
}

impl Terminal {
    /// Opens a pair; the child's end comes twice, for both outputs.
    ///
    /// # Errors
    /// When the system has no more terminals.
    pub(super) fn open(log: File) -> io::Result<(Self, [OwnedFd; 2])> {
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
        let second = theirs.try_clone()?;
        Ok((Self { ours: ours.into(), log, closed: false }, [theirs, second]))
    }

    /// What becomes readable when the child says something; nothing when nobody can any more.
    pub(super) fn awaited(&self) -> Option<BorrowedFd<'_>> {
        (!self.closed).then(|| self.ours.as_fd())
    }

    /// Carries what was said to the log.
    pub(super) fn carry(&mut self) {
        let mut buffer = [0; 16 * 1024];
        while !self.closed {
            match self.ours.read(&mut buffer) {
                Ok(count @ 1..) => {
                    // A log that cannot be written must not stop the run.
                    if let Err(error) = self.log.write_all(&buffer[..count]) {
                        tracing::warn!(%error, "could not append to a log");
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // With all ends of the child's side closed Linux says EIO.
                Ok(0) | Err(_) => self.closed = true,
            }
        }
    }
}
