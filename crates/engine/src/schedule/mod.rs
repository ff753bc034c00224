//! The queue of a project: which task starts when.

mod adopt;
mod fill;
mod gpu_room;
mod gpu_users;
mod line;
mod room;
mod scheduler;
mod wait_reason;

pub(crate) use scheduler::{KNOCK_FILE, Machine, Scheduler};
pub(crate) use wait_reason::WaitReason;

/// The queue's figures as clients are told them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QueueFigures {
    queued: u64,
    running: u64,
    max_workers: u32,
}
