//! Provenance: reads, compares and restores the inputs of runs, which their supervisors recorded.

mod diff;
mod file;
mod get;
mod restore;
mod restore_git;
