//! The engine with real supervisors and real runs, below HTTP.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod batches;
mod cancel;
mod create;
mod death;
mod death_matrix;
mod extend;
mod faults;
mod gpus;
mod options;
mod project;
mod provenance;
mod queue;
mod run;
mod trash;
