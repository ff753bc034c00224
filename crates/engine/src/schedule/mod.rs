//! The scheduler of a project: decides which queued task starts when.

mod adopt;
mod capacity;
mod gpu_capacity;
mod gpu_users;
mod jobs;
mod queue_order;
mod scheduler;
mod start_tasks;

pub use scheduler::queue_is_served;
pub(crate) use scheduler::{Machine, Scheduler, notify_queue};

/// The queue's counts as published to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QueueCounts {
    queued: u64,
    running: u64,
    max_workers: u32,
}
