//! The queue of a project: which task starts when.

mod adopt;
mod fill;
mod scheduler;

pub(crate) use scheduler::Scheduler;
