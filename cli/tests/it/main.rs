//! Integration tests below HTTP: the real binary supervises real processes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod architecture;
mod batches;
mod cancel;
mod checkout;
mod create;
mod death;
mod death_matrix;
mod dependencies;
mod development;
mod documented_commands;
mod extend;
mod faults;
mod gpus;
mod interrupts;
mod list;
mod modules;
mod options;
mod other_user;
mod project;
mod provenance;
mod queue;
mod run;
mod trash;
