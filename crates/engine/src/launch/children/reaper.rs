//! The thread that waits for all supervisor processes.

use std::io;
use std::os::fd::OwnedFd;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::LiveJobs;
use crate::launch::{JobId, Notify};

/// A handle to the thread, which ends when the handle is dropped and all children have ended.
pub(super) struct Reaper {
    /// `None` once this is dropped.
    spawned: Option<Sender<(JobId, Child)>>,
    wake: Arc<OwnedFd>,
}

/// The thread. It waits with pidfds, so that other children of the process are not reaped.
struct Wait {
    wake: Arc<OwnedFd>,
    spawned: Receiver<(JobId, Child)>,
    live: Arc<LiveJobs>,
    notify: Notify,
    children: Vec<WatchedChild>,
}

struct WatchedChild {
    id: JobId,
    child: Child,
    pidfd: OwnedFd,
}

impl Reaper {
    /// Starts the thread. It removes jobs from `live` and calls `notify` when their process ends.
    ///
    /// # Errors
    /// If no file descriptor is available.
    pub(super) fn start(live: Arc<LiveJobs>, notify: Notify) -> io::Result<Self> {
        let wake = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let (sender, spawned) = mpsc::channel();
        let wait = Wait { wake: wake.clone(), spawned, live, notify, children: Vec::new() };
        std::thread::spawn(move || wait.run());
        Ok(Self { spawned: Some(sender), wake })
    }

    /// Waits for a child.
    pub(super) fn watch(&self, id: JobId, child: Child) {
        if let Some(spawned) = &self.spawned {
            // The thread holds the receiver as long as this handle exists.
            let _ = spawned.send((id, child));
        }
        self.wake();
    }

    fn wake(&self) {
        // It fails only if the counter is at its limit; then the thread is awake.
        let _ = rustix::io::write(&*self.wake, &1_u64.to_ne_bytes());
    }
}

impl Drop for Reaper {
    fn drop(&mut self) {
        // The wake-up makes the thread notice the closed channel.
        self.spawned = None;
        self.wake();
    }
}

impl Wait {
    fn run(mut self) {
        let mut is_open = true;
        while is_open || !self.children.is_empty() {
            let mut fds = vec![PollFd::new(&*self.wake, PollFlags::IN)];
            fds.extend(self.children.iter().map(|it| PollFd::new(&it.pidfd, PollFlags::IN)));
            // After an interrupt, the loop polls again.
            let _ = poll(&mut fds, None);
            let is_ready: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
            drop(fds);
            let mut has_ended = is_ready[1..].iter();
            let ended = self.children.extract_if(.., |_| has_ended.next() == Some(&true));
            let ended: Vec<WatchedChild> = ended.collect();
            for WatchedChild { id, mut child, .. } in ended {
                reap(&mut child, &id, &self.live);
            }
            if is_ready[1..].contains(&true) {
                (self.notify)();
            }
            if is_ready[0] {
                let _ = rustix::io::read(&*self.wake, &mut [0; 8]);
                is_open = self.receive_children();
            }
        }
    }

    /// Receives spawned children. Returns false if the channel is closed.
    fn receive_children(&mut self) -> bool {
        loop {
            match self.spawned.try_recv() {
                Ok((id, child)) => self.add(id, child),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn add(&mut self, id: JobId, mut child: Child) {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        match pid.map(|pid| pidfd_open(pid, PidfdFlags::empty())) {
            Some(Ok(pidfd)) => self.children.push(WatchedChild { id, child, pidfd }),
            // No file descriptor is available, so a separate thread waits for this child.
            _ => {
                let (live, notify) = (self.live.clone(), self.notify.clone());
                std::thread::spawn(move || {
                    reap(&mut child, &id, &live);
                    notify();
                });
            }
        }
    }
}

fn reap(child: &mut Child, id: &JobId, live: &LiveJobs) {
    // An error means that it is no longer our child, so it has ended.
    let _ = child.wait();
    live.lock().remove(id);
}
