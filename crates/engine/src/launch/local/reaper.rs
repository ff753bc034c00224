//! The thread that waits for all supervisors at once.

use std::os::fd::OwnedFd;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::Ended;
use crate::launch::{JobId, Notify};

/// Waits by pidfds, so that no other child of the process is touched.
pub(super) struct Reaper {
    wake: Arc<OwnedFd>,
    new: Receiver<(JobId, Child)>,
    ended: Arc<Ended>,
    notify: Notify,
    waiting: Vec<Waiting>,
}

struct Waiting {
    id: JobId,
    child: Child,
    pidfd: OwnedFd,
}

impl Reaper {
    /// Starts the thread. It ends when the sender is gone and all children have ended.
    pub(super) fn start(
        wake: Arc<OwnedFd>,
        ended: Arc<Ended>,
        notify: Notify,
    ) -> Sender<(JobId, Child)> {
        let (sender, new) = mpsc::channel();
        let reaper = Self { wake, new, ended, notify, waiting: Vec::new() };
        std::thread::spawn(move || reaper.run());
        sender
    }

    fn run(mut self) {
        let mut is_open = true;
        while is_open || !self.waiting.is_empty() {
            let mut fds = vec![PollFd::new(&*self.wake, PollFlags::IN)];
            fds.extend(self.waiting.iter().map(|it| PollFd::new(&it.pidfd, PollFlags::IN)));
            // Interrupted, it is asked again.
            let _ = poll(&mut fds, None);
            let is_ready: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
            drop(fds);
            let mut at = 0;
            self.waiting.retain_mut(|it| {
                at += 1;
                let has_ended = is_ready[at];
                if has_ended {
                    // An error means that it is not our child any more, which is as gone as it gets.
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
                is_open = self.take_new();
            }
        }
    }

    /// Takes over what was spawned; false when nothing more will come.
    fn take_new(&mut self) -> bool {
        loop {
            match self.new.try_recv() {
                Ok((id, child)) => self.watch(id, child),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn watch(&mut self, id: JobId, mut child: Child) {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        match pid.map(|pid| pidfd_open(pid, PidfdFlags::empty())) {
            Some(Ok(pidfd)) => self.waiting.push(Waiting { id, child, pidfd }),
            // No descriptor is left: a thread waits for this one.
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
