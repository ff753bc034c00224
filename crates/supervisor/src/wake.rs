//! Wakes the supervisor when something of a run has changed.

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

/// Interval for checking whether a cancelled process tree has ended.
pub(crate) const TREE_POLL_INTERVAL: Duration = Duration::from_millis(10);
/// Interval for checking the files of a run while they are not watched.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// What can wake the supervisor: the end of the child, a new file in `run_logs`, a log that grows.
pub(crate) struct Wake {
    child: Option<OwnedFd>,
    files: Option<FileWatches>,
    group: u32,
}

/// Inotify watches: two instances, so that one can be left out of a wait.
struct FileWatches {
    logs: Option<Watch>,
    log: Option<Watch>,
}

/// An inotify instance with one watch, and its descriptor.
struct Watch {
    events: OwnedFd,
    descriptor: i32,
}

impl Watch {
    fn new(path: &Path, of: WatchFlags) -> Option<Self> {
        let events = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok()?;
        let descriptor = inotify::add_watch(&events, path, of).ok()?;
        Some(Self { events, descriptor })
    }
}

impl Wake {
    pub(crate) fn new(child: u32) -> Self {
        let end = pid_of(child).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        Self { child: end, files: None, group: child }
    }

    /// Starts watching the run's files.
    pub(crate) fn watch(&mut self, claim: &Claim) {
        self.files.get_or_insert_with(|| FileWatches {
            logs: Watch::new(&claim.dir.run_logs(), WatchFlags::CREATE),
            log: Watch::new(&claim.dir.log(claim.run_index), WatchFlags::MODIFY),
        });
    }

    /// Removes the watches without closing the instances: closing them later then takes no time.
    pub(crate) fn unwatch(&self) {
        for watch in self.files.iter().flat_map(|files| files.logs.iter().chain(&files.log)) {
            // An error means that the watch was removed with its file.
            let _ = inotify::remove_watch(&watch.events, watch.descriptor);
        }
    }

    /// Waits for an event, for terminal output or input, or for the timeout.
    pub(crate) fn wait(&self, started: &mut Started, timeout: Duration) {
        // Without a pidfd (kernels before 5.3) the end of the child is found by polling.
        let timeout = if self.child.is_some() { timeout } else { timeout.min(TREE_POLL_INTERVAL) };
        let timeout = if self.files.is_some() { timeout } else { timeout.min(POLL_INTERVAL) };
        // While recording the log's growth is throttled, further growth does not wake the
        // supervisor.
        let throttle = started.times.throttled_for();
        let timeout = throttle.map_or(timeout, |throttle| throttle.min(timeout));
        let timespec = Timespec::try_from(timeout).ok();
        let files = self.files.as_ref();
        let logs = files.and_then(|files| files.logs.as_ref());
        let log = files.and_then(|files| files.log.as_ref());
        let watched = logs.into_iter().chain(log.filter(|_| throttle.is_none()));
        let fds = self.child.iter().chain(watched.map(|watch| &watch.events));
        let mut fds: Vec<PollFd<'_>> = fds.map(|fd| PollFd::new(fd, PollFlags::IN)).collect();
        if let Some(terminal) = &started.terminal {
            fds.extend(terminal.poll_fds());
        }
        // An interrupted wait is handled like any other wake-up.
        let _ = poll(&mut fds, timespec.as_ref());
        drop(fds);
        for watch in logs.into_iter().chain(log) {
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(&watch.events, &mut buffer);
            while reader.next().is_ok() {}
        }
        if let Some(terminal) = &mut started.terminal {
            terminal.copy_output();
            if terminal.forward_input() {
                interrupt(self.group);
            }
        }
        started.times.poll();
    }
}

/// Sends the SIGINT that Ctrl-C causes at a terminal. The child is not the leader of the terminal's
/// session, so the kernel does not send it.
fn interrupt(group: u32) {
    if let Some(pid) = pid_of(group) {
        // An error means that the process has already ended.
        let _ = kill_process_group(pid, Signal::INT);
    }
}
