//! Provenance of a run: source, packages, repository, machine; recorded when it begins.
//!
//! `run_logs/runN.provenance.json` refers to files by their SHA-256; the files are in
//! `_pyruns_/.provenance/`, stored once for all runs.

mod git;
mod python;
mod snapshot;
mod write_note;

pub use snapshot::{Subject, take_snapshot};
pub(crate) use write_note::{NoteInput, write_note};
