//! Where a run came from: noted by its supervisor while it goes, kept in plain files.
//!
//! `run_logs/runN.provenance.json` names contents by their SHA-256; the contents are in
//! `_pyruns_/.provenance/`, each once, however many runs share it.

mod diff;
mod file;
mod get;
mod git;
mod note;
mod python;
mod restore;
mod restore_git;
mod secrets;
mod snapshot;
mod store;

pub(crate) use note::{Noted, note};
pub use snapshot::{Subject, take_snapshot};
