//! Waiting for the end of the child, and for the wish to end it.

use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::process::{PidfdFlags, Signal, kill_process_group, pidfd_open};

use super::Outcome;
use super::begin::Going;
use super::child::Started;
use super::claim::Claim;
use super::sample::Sampler;
use super::terminal::Terminal;
use super::tree::{descendants, pid_of, signal_all};

/// The longest sleep: the fallback where the file system reports nothing.
const LOOK: Duration = Duration::from_millis(500);
/// Between two looks whether the rest of a cancelled tree is gone.
const TREE_LOOK: Duration = Duration::from_millis(10);

/// For so long after a run's start its files are looked at, before the kernel is asked to report what
/// happens to them: closing an inotify instance that watches something waits for every reader of such
/// lists in the kernel, 5 to 30 ms, which would be most of what a short run costs.
const WATCH_FROM: Duration = Duration::from_secs(2);
/// How often they are looked at until then.
const EARLY_LOOK: Duration = Duration::from_millis(20);

/// Why a run is being ended.
enum Wish {
    Cancel,
    Timeout(Duration),
}

/// Waits until the child has ended; a cancel marker or the time limit ends its whole tree first.
pub fn until_end(claim: &Claim, run: &mut Going) -> Outcome {
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
pub fn briefly(started: &mut Started, patience: Duration) -> Option<Outcome> {
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

/// What Ctrl-C does at a terminal. The child has its terminal from us and is not its session's leader,
/// so the kernel does not do it.
fn interrupt(group: u32) {
    if let Some(pid) = pid_of(group) {
        // Gone already is what was wanted.
        let _ = kill_process_group(pid, Signal::INT);
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

/// What can wake the supervisor: the child's end, a new file in `run_logs`, a log that grows.
pub struct Wake {
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
    fn new(child: u32) -> Self {
        let end = pid_of(child).and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        Self { child: end, files: None, group: child }
    }

    /// From now on the kernel reports what happens to the run's files.
    fn watch(&mut self, claim: &Claim) {
        self.files.get_or_insert_with(|| Files {
            logs: Watch::new(&claim.dir.run_logs(), WatchFlags::CREATE),
            log: Watch::new(&claim.dir.log(claim.run_index), WatchFlags::MODIFY),
        });
    }

    /// The kernel drops the watches meanwhile: closing them later then takes no time.
    fn unwatch(&self) {
        for watch in self.files.iter().flat_map(|files| files.logs.iter().chain(&files.log)) {
            // Gone already, with its file, is as good.
            let _ = inotify::remove_watch(&watch.events, watch.number);
        }
    }

    /// Waits for one of them, for something to be carried, or for the time to pass.
    fn wait(&self, started: &mut Started, timeout: Duration) {
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
