//! Supervisors as processes, which execute real runs of tasks that were queued on disk. There is no engine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod cancel;
mod death;
mod interrupts;
mod options;
mod project;
mod run;
