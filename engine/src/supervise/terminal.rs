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
        Ok((Self { ours: ours.into(), log }, [theirs, second]))
    }

    /// What becomes readable when the child says something.
    pub(super) fn as_fd(&self) -> BorrowedFd<'_> {
        self.ours.as_fd()
    }

    /// Carries what was said to the log. False when nobody can say anything any more.
    pub(super) fn carry(&mut self) -> bool {
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.ours.read(&mut buffer) {
                // All ends of the child's side are closed: Linux says EIO.
                Ok(0) => return false,
                Ok(count) => {
                    // A log that cannot be written must not stop the run.
                    if let Err(error) = self.log.write_all(&buffer[..count]) {
                        tracing::warn!(%error, "could not append to a log");
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return true,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}
