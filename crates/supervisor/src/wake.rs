//! Waking the supervisor when something of a run has to be looked at.

use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::process::{PidfdFlags, Signal, kill_process_group, pidfd_open};

use super::child::Started;
use super::claim::Claim;
use super::tree::pid_of;

/// Between two looks whether the rest of a cancelled tree is gone.
pub(crate) const TREE_LOOK: Duration = Duration::from_millis(10);
/// How often the files of a run are looked at while the kernel is not asked to report their changes.
pub(crate) const EARLY_LOOK: Duration = Duration::from_millis(20);

/// What can wake the supervisor: the child's end, a new file in `run_logs`, a log that grows.
pub(crate) struct Wake {
    child: Option<OwnedFd>,
    files: Option<Files>,
    group: u32,
}

/// Inotify instances: two, so that one can be left out of a wait.
struct Files {
    logs: Option<Watch>,
    log: Option<Watch>,
}

/// An inotify instance with one watch, and its number.
struct Watch {
    events: OwnedFd,
    number: i32,
}

impl Watch {
    fn new(path: &Path, of: WatchFlags) -> Option<Self> {
        let events = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok()?;
        let number = inotify::add_watch(&events, path, of).ok()?;
        Some(Self { events, number })
    }
}

impl Wake {
    pub(crate) fn new(child: u32) -> Self {
        let end = pid_of(child).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        Self { child: end, files: None, group: child }
    }

    /// From now on the kernel reports what happens to the run's files.
    pub(crate) fn watch(&mut self, claim: &Claim) {
        self.files.get_or_insert_with(|| Files {
            logs: Watch::new(&claim.dir.run_logs(), WatchFlags::CREATE),
            log: Watch::new(&claim.dir.log(claim.run_index), WatchFlags::MODIFY),
        });
    }

    /// The kernel drops the watches meanwhile: closing them later then takes no time.
    pub(crate) fn unwatch(&self) {
        for watch in self.files.iter().flat_map(|files| files.logs.iter().chain(&files.log)) {
            // Gone already, with its file, is as good.
            let _ = inotify::remove_watch(&watch.events, watch.number);
        }
    }

    /// Waits for one of them, for something to be carried, or for the time to pass.
    pub(crate) fn wait(&self, started: &mut Started, timeout: Duration) {
        // Without a pidfd (kernels before 5.3) the child's end is found by looking often.
        let timeout = if self.child.is_some() { timeout } else { timeout.min(TREE_LOOK) };
        let timeout = if self.files.is_some() { timeout } else { timeout.min(EARLY_LOOK) };
        // While a note of the log's growth rests, more of it wakes nobody.
        let rest = started.times.rest();
        let timeout = rest.map_or(timeout, |rest| rest.min(timeout));
        let timespec = Timespec::try_from(timeout).ok();
        let files = self.files.as_ref();
        let logs = files.and_then(|files| files.logs.as_ref());
        let log = files.and_then(|files| files.log.as_ref());
        let watched = logs.into_iter().chain(log.filter(|_| rest.is_none()));
        let fds = self.child.iter().chain(watched.map(|watch| &watch.events));
        let mut fds: Vec<PollFd<'_>> = fds.map(|fd| PollFd::new(fd, PollFlags::IN)).collect();
        if let Some(terminal) = &started.terminal {
            fds.extend(terminal.awaited_all());
        }
        // An interrupted wait is followed by a look like any other.
        let _ = poll(&mut fds, timespec.as_ref());
        drop(fds);
        for watch in logs.into_iter().chain(log) {
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(&watch.events, &mut buffer);
            while reader.next().is_ok() {}
        }
        if let Some(terminal) = &mut started.terminal {
            terminal.carry();
            if terminal.type_on() {
                interrupt(self.group);
            }
        }
        started.times.look();
    }
}

/// What Ctrl-C does at a terminal. The child has its terminal from us and is not its session's leader,
/// so the kernel does not do it.
fn interrupt(group: u32) {
    if let Some(pid) = pid_of(group) {
        // Gone already is what was wanted.
        let _ = kill_process_group(pid, Signal::INT);
    }
}
