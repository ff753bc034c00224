//! Waiting for the end of the child, and for the wish to end it.

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
use super::wake::{EARLY_LOOK, TREE_LOOK, Wake};

/// The longest sleep: the fallback where the file system reports nothing.
const LOOK: Duration = Duration::from_millis(500);

/// For so long after a run's start its files are looked at, before the kernel is asked to report what
/// happens to them: closing an inotify instance that watches something waits for every reader of such
/// lists in the kernel, 5 to 30 ms, which would be most of what a short run costs.
const WATCH_FROM: Duration = Duration::from_secs(2);

/// Why a run is being ended.
enum Wish {
    Cancel,
    Timeout(Duration),
}

/// Waits until the child has ended; a cancel marker or the time limit ends its whole tree first.
pub(crate) fn until_end(claim: &Claim, run: &mut ActiveRun) -> Outcome {
    let group = run.started.child.id();
    let marker = claim.dir.cancel_marker(claim.run_index);
    let mut wake = Wake::new(group);
    run.started.times.write_to(&claim.dir.line_times(claim.run_index));
    let mut sampler = Sampler::new(claim, run);
    let mut ending: Option<(Wish, Instant)> = None;
    let status = loop {
        match run.started.child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(error) => return Outcome::NotStarted(format!("waiting for it failed: {error}")),
        }
        if run.begun.elapsed() >= WATCH_FROM {
            // Before the marker is looked for: what comes later wakes us.
            wake.watch(claim);
        }
        match &ending {
            None => {
                let late = run.timeout.filter(|limit| run.begun.elapsed() >= *limit);
                let cancel = marker.exists().then_some(Wish::Cancel);
                if let Some(wish) = cancel.or(late.map(Wish::Timeout)) {
                    signal_all(group, Signal::TERM);
                    ending = Some((wish, Instant::now()));
                }
            }
            Some((_, since)) if since.elapsed() >= run.grace => signal_all(group, Signal::KILL),
            Some(_) => {}
        }
        sampler.sample();
        let left = match &ending {
            Some((_, since)) => run.grace.saturating_sub(since.elapsed()),
            None => run.timeout.map_or(LOOK, |limit| limit.saturating_sub(run.begun.elapsed())),
        };
        let left = sampler.due_in().map_or(left, |due| left.min(due));
        wake.wait(&mut run.started, left.clamp(Duration::from_millis(5), LOOK));
    };
    if ending.is_some() || marker.exists() {
        end_the_rest(group, run.grace, ending.as_ref().map(|(_, since)| *since));
    }
    if let Some(terminal) = &mut run.started.terminal {
        terminal.carry();
    }
    run.started.times.note();
    wake.unwatch();
    // Closed when the end is written, which nobody is to wait for.
    run.wake = Some(wake);
    match ending {
        Some((Wish::Timeout(limit), _)) => Outcome::TimedOut(limit),
        _ => outcome(status),
    }
}

/// Waits for the end of a child that may be over in no time.
pub(crate) fn briefly(started: &mut Started, patience: Duration) -> Option<Outcome> {
    let deadline = Instant::now() + patience;
    let end = pid_of(started.child.id()).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    loop {
        if let Some(terminal) = &mut started.terminal {
            terminal.carry();
        }
        if let Ok(Some(status)) = started.child.try_wait() {
            if let Some(terminal) = &mut started.terminal {
                terminal.carry();
            }
            return Some(outcome(status));
        }
        started.times.look();
        let left = deadline.saturating_duration_since(Instant::now()).min(EARLY_LOOK);
        let end = end.as_ref().filter(|_| !left.is_zero())?;
        let mut fds = vec![PollFd::new(end, PollFlags::IN)];
        let said = started.terminal.as_ref().and_then(Terminal::awaited);
        fds.extend(said.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        // An interrupted wait is followed by a look like any other.
        let _ = poll(&mut fds, Timespec::try_from(left).ok().as_ref());
    }
}

/// After a cancel nothing of the run survives: the polite signal first, then the other.
fn end_the_rest(group: u32, grace: Duration, since: Option<Instant>) {
    let own = std::process::id();
    let since = since.unwrap_or_else(|| {
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
