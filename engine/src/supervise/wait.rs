//! Waiting for the end of the child, and for the wish to end it.

use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::process::{PidfdFlags, Signal, pidfd_open};

use super::Outcome;
use super::begin::Claim;
use super::tree::{descendants, pid_of, signal_all};

/// The longest sleep: the fallback where the file system reports nothing.
const LOOK: Duration = Duration::from_millis(500);
/// Between two looks whether the rest of a cancelled tree is gone.
const TREE_LOOK: Duration = Duration::from_millis(10);

/// Waits until the child has ended; a cancel marker ends its whole tree first.
pub(super) fn until_end(claim: &Claim, mut child: Child, grace: Duration) -> Outcome {
    let group = child.id();
    let marker = claim.dir.cancel_marker(claim.run_index);
    let wake = Wake::new(claim, group);
    let mut cancelled: Option<Instant> = None;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(error) => return Outcome::NotStarted(format!("waiting for it failed: {error}")),
        }
        match cancelled {
            None if marker.exists() => {
                signal_all(group, Signal::TERM);
                cancelled = Some(Instant::now());
            }
            Some(since) if since.elapsed() >= grace => signal_all(group, Signal::KILL),
            _ => {}
        }
        let left = cancelled.map_or(LOOK, |since| grace.saturating_sub(since.elapsed()));
        wake.wait(left.clamp(Duration::from_millis(5), LOOK));
    };
    if cancelled.is_some() || marker.exists() {
        end_the_rest(group, grace, cancelled);
    }
    outcome(status)
}

/// After a cancel nothing of the run survives: the polite signal first, then the other.
fn end_the_rest(group: u32, grace: Duration, cancelled: Option<Instant>) {
    let own = std::process::id();
    let since = cancelled.unwrap_or_else(|| {
        signal_all(group, Signal::TERM);
        Instant::now()
    });
    while !descendants(own).is_empty() && since.elapsed() < grace {
        std::thread::sleep(TREE_LOOK);
    }
    let hard_end = Instant::now() + Duration::from_secs(5);
    while !descendants(own).is_empty() && Instant::now() < hard_end {
        signal_all(group, Signal::KILL);
        std::thread::sleep(TREE_LOOK);
    }
}

fn outcome(status: ExitStatus) -> Outcome {
    match (status.code(), status.signal()) {
        (Some(code), _) => Outcome::Exited(code),
        (None, Some(signal)) => Outcome::Signalled(signal),
        (None, None) => Outcome::NotStarted(format!("it ended in an unknown way: {status}")),
    }
}

/// What can wake the supervisor: the child's end, a new file in `run_logs`.
struct Wake {
    child: Option<OwnedFd>,
    logs: Option<OwnedFd>,
}

impl Wake {
    fn new(claim: &Claim, child: u32) -> Self {
        let logs = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok();
        let watched = logs.as_ref().is_some_and(|logs| {
            inotify::add_watch(logs, claim.dir.run_logs(), WatchFlags::CREATE).is_ok()
        });
        let child = pid_of(child).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        Self { child, logs: logs.filter(|_| watched) }
    }

    /// Waits for one of them, or for the time to pass.
    fn wait(&self, timeout: Duration) {
        // Without a pidfd (kernels before 5.3) the child's end is found by looking often.
        let timeout = if self.child.is_some() { timeout } else { timeout.min(TREE_LOOK) };
        let timespec = Timespec::try_from(timeout).ok();
        let fds = [self.child.as_ref(), self.logs.as_ref()];
        let mut fds: Vec<PollFd<'_>> =
            fds.into_iter().flatten().map(|fd| PollFd::new(fd, PollFlags::IN)).collect();
        // An interrupted wait is followed by a look like any other.
        let _ = poll(&mut fds, timespec.as_ref());
        if let Some(logs) = &self.logs {
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(logs, &mut buffer);
            while reader.next().is_ok() {}
        }
    }
}
