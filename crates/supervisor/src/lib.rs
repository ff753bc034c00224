#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod active_run;
mod banner;
mod begin;
mod child;
mod claim;
mod ending;
mod finalize;
mod finish;
pub mod gpu;
mod interrupted;
mod journal_line;
mod memory;
mod orphans;
mod plan;
mod prepare;
pub mod provenance;
mod python_module;
mod reserve;
mod sample;
mod sample_gpus;
mod script_error;
mod supervise;
mod terminal;
mod tree;
mod usage;
mod wait;
mod wake;

pub use finish::fail_unstarted;
pub use interrupted::reconcile;
pub use script_error::script_error;
pub use supervise::supervise;
