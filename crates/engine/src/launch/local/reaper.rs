//! The thread that waits for all supervisor processes.

use std::os::fd::OwnedFd;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::EndedJobs;
use crate::launch::{JobId, Notify};

/// Waits with pidfds, so that other children of the process are not reaped.
pub(super) struct Reaper {
    wake: Arc<OwnedFd>,
    spawned: Receiver<(JobId, Child)>,
    ended: Arc<EndedJobs>,
    notify: Notify,
    children: Vec<WatchedChild>,
}

struct WatchedChild {
    id: JobId,
    child: Child,
    pidfd: OwnedFd,
}

impl Reaper {
    /// Starts the thread, which ends when the sender is dropped and all children have ended.
    pub(super) fn start(
        wake: Arc<OwnedFd>,
        ended: Arc<EndedJobs>,
        notify: Notify,
    ) -> Sender<(JobId, Child)> {
        let (sender, spawned) = mpsc::channel();
        let reaper = Self { wake, spawned, ended, notify, children: Vec::new() };
        std::thread::spawn(move || reaper.run());
        sender
    }

    fn run(mut self) {
        let mut is_open = true;
        while is_open || !self.children.is_empty() {
            let mut fds = vec![PollFd::new(&*self.wake, PollFlags::IN)];
            fds.extend(self.children.iter().map(|it| PollFd::new(&it.pidfd, PollFlags::IN)));
            // After an interrupt, the loop polls again.
            let _ = poll(&mut fds, None);
            let is_ready: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
            drop(fds);
            let mut at = 0;
            self.children.retain_mut(|it| {
                at += 1;
                let has_ended = is_ready[at];
                if has_ended {
                    // An error means that it is no longer our child, so it has ended.
                    let _ = it.child.wait();
                    self.ended.lock().insert(it.id.clone());
                }
                !has_ended
            });
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
                Ok((id, child)) => self.watch(id, child),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn watch(&mut self, id: JobId, mut child: Child) {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        match pid.map(|pid| pidfd_open(pid, PidfdFlags::empty())) {
            Some(Ok(pidfd)) => self.children.push(WatchedChild { id, child, pidfd }),
            // No file descriptor is available, so a separate thread waits for this child.
            _ => {
                let (ended, notify) = (self.ended.clone(), self.notify.clone());
                std::thread::spawn(move || {
                    let _ = child.wait();
                    ended.lock().insert(id);
                    notify();
                });
            }
        }
    }
}
