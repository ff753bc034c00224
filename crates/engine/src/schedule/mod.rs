//! The queue of a project: which task starts when.

mod adopt;
mod fill;
mod gpu_room;
mod gpu_users;
mod jobs;
mod line;
mod room;
mod scheduler;

pub(crate) use scheduler::{Machine, Scheduler};

/// The queue's figures as clients are told them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QueueFigures {
    queued: u64,
    running: u64,
    max_workers: u32,
}
