//! What a run was started with: source, packages, repository, machine; noted while it begins.
//!
//! `run_logs/runN.provenance.json` names contents by their SHA-256; the contents are in
//! `_pyruns_/.provenance/`, each once, however many runs share it.

mod git;
mod note;
mod python;
mod snapshot;

pub(crate) use note::{Noted, note};
pub use snapshot::{Subject, take_snapshot};
