//! Waits for the end of the child; handles the cancel marker and the time limit.

use common::message::EndText;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{PidfdFlags, Signal, pidfd_open};

use super::active_run::ActiveRun;
use super::child::Started;
use super::claim::Claim;
use super::ending::Outcome;
use super::sample::Sampler;
use super::terminal::Terminal;
use super::tree::{descendants, pid_of, signal_all};
use super::wake::{POLL_INTERVAL, TREE_POLL_INTERVAL, Wake};

/// Maximum wait: the fallback where the file system reports no changes.
const MAX_WAIT: Duration = Duration::from_millis(500);

/// For this long after a run's start its files are polled instead of watched: closing an inotify
/// instance with a watch waits for a kernel grace period, 5 to 30 ms, which would be most of the
/// time of a short run.
const WATCH_AFTER: Duration = Duration::from_secs(2);

/// Why a run is being stopped.
enum StopReason {
    Cancel,
    Timeout(Duration),
}

/// Waits until the child has ended; a cancel marker or the time limit kills its process tree first.
pub(crate) fn until_end(claim: &Claim, run: &mut ActiveRun) -> Outcome {
    let group = run.started.child.id();
    let marker = claim.dir.cancel_marker(claim.run_index);
    let mut wake = Wake::new(group);
    run.started.times.write_to(&claim.dir.line_times(claim.run_index));
    let mut sampler = Sampler::new(claim, run);
    let mut ending: Option<(StopReason, Instant)> = None;
    let status = loop {
        match run.started.child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(error) => return Outcome::NotStarted(EndText::NotAwaited.fill(&[&error])),
        }
        if run.begun.elapsed() >= WATCH_AFTER {
            // Watching starts before the marker is checked: a later marker wakes the wait.
            wake.watch(claim);
        }
        match &ending {
            None => {
                let timed_out = run.timeout.filter(|limit| run.begun.elapsed() >= *limit);
                let cancel = marker.exists().then_some(StopReason::Cancel);
                if let Some(reason) = cancel.or(timed_out.map(StopReason::Timeout)) {
                    signal_all(group, Signal::TERM);
                    ending = Some((reason, Instant::now()));
                }
            }
            Some((_, since)) if since.elapsed() >= run.grace => signal_all(group, Signal::KILL),
            Some(_) => {}
        }
        sampler.sample();
        let wait = match &ending {
            Some((_, since)) => run.grace.saturating_sub(since.elapsed()),
            None => run.timeout.map_or(MAX_WAIT, |limit| limit.saturating_sub(run.begun.elapsed())),
        };
        let wait = sampler.due_in().map_or(wait, |due| wait.min(due));
        wake.wait(&mut run.started, wait.clamp(Duration::from_millis(5), MAX_WAIT));
    };
    if ending.is_some() || marker.exists() {
        kill_remaining(group, run.grace, ending.as_ref().map(|(_, since)| *since));
    }
    if let Some(terminal) = &mut run.started.terminal {
        terminal.copy_output();
    }
    run.started.times.record();
    wake.unwatch();
    // Closed after the end is written, so that the close delays nothing.
    run.wake = Some(wake);
    match ending {
        Some((StopReason::Timeout(limit), _)) => Outcome::TimedOut(limit),
        _ => outcome(status),
    }
}

/// Waits up to `timeout` for a child that may end very soon.
pub(crate) fn for_short_run(started: &mut Started, timeout: Duration) -> Option<Outcome> {
    let deadline = Instant::now() + timeout;
    let end = pid_of(started.child.id()).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    loop {
        if let Some(terminal) = &mut started.terminal {
            terminal.copy_output();
        }
        if let Ok(Some(status)) = started.child.try_wait() {
            if let Some(terminal) = &mut started.terminal {
                terminal.copy_output();
            }
            return Some(outcome(status));
        }
        started.times.poll();
        let wait = deadline.saturating_duration_since(Instant::now()).min(POLL_INTERVAL);
        let end = end.as_ref().filter(|_| !wait.is_zero())?;
        let mut fds = vec![PollFd::new(end, PollFlags::IN)];
        let output_fd = started.terminal.as_ref().and_then(Terminal::readable_fd);
        fds.extend(output_fd.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        // An interrupted wait is handled like any other wake-up.
        let _ = poll(&mut fds, Timespec::try_from(wait).ok().as_ref());
    }
}

/// After a cancel, kills all remaining processes of the run: SIGTERM first, SIGKILL after the grace
/// period.
fn kill_remaining(group: u32, grace: Duration, since: Option<Instant>) {
    let own = std::process::id();
    let since = since.unwrap_or_else(|| {
        signal_all(group, Signal::TERM);
        Instant::now()
    });
    while !descendants(own).is_empty() && since.elapsed() < grace {
        std::thread::sleep(TREE_POLL_INTERVAL);
    }
    let kill_deadline = Instant::now() + Duration::from_secs(5);
    while !descendants(own).is_empty() && Instant::now() < kill_deadline {
        signal_all(group, Signal::KILL);
        std::thread::sleep(TREE_POLL_INTERVAL);
    }
}

fn outcome(status: ExitStatus) -> Outcome {
    match (status.code(), status.signal()) {
        (Some(code), _) => Outcome::Exited(code),
        (None, Some(signal)) => Outcome::Signalled(signal),
        (None, None) => Outcome::NotStarted(EndText::UnknownEnd.fill(&[&status])),
    }
}
