//! The `pyr` binary as a process, and the workspace that it is built from.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails at that line")]

mod architecture;
mod checkout;
mod create_verbs;
mod dependencies;
mod development;
mod doctor;
mod documented_commands;
mod documented_examples;
mod exec;
mod generated_files;
mod list;
mod modules;
mod other_user;
mod project;
mod pyr;
mod verbs;
