//! `GET /api/tasks/{name}/provenance/{hash}?run_index=`: a content that was kept for a run.

use common::provenance::{Provenance, StoredFile};

use super::get;
use crate::engine::{Engine, Pick};
use store::provenance::Store;
use store::{Error, Result};

impl Engine {
    /// A content that the note of a run names: its script, config, changes, packages, or a file beside them.
    /// Nothing else of the disk can be had by this.
    ///
    /// # Errors
    /// When there is no such run, its note does not name the content, or it was not kept.
    pub fn provenance_file(
        &self,
        pick: &Pick,
        name: &str,
        run_index: Option<u32>,
        sha256: &str,
    ) -> Result<Vec<u8>> {
        let workspace = self.pick(pick)?;
        let entry = workspace.find(name)?;
        let note = get::read(&entry.dir, run_index.unwrap_or(entry.brief.run_index))?;
        let mut named = files(&note).into_iter().map(|(_, file)| file);
        // What was not kept has no hash, and an empty one names nothing.
        let file = named.find(|file| !sha256.is_empty() && file.sha256 == sha256);
        let unknown = || Error::NotFound(format!("The run's note names no content '{sha256}'"));
        Store::of(workspace.pyruns_dir()).content(file.ok_or_else(unknown)?)
    }
}

/// What a note names, and what it is called where two runs are compared.
pub(super) fn files(note: &Provenance) -> Vec<(String, &StoredFile)> {
    let named = |file: &StoredFile| file.path.clone();
    let mut files = vec![(named(&note.config), &note.config)];
    files.extend(note.script.iter().map(|script| (named(script), script)));
    if let Some(git) = &note.git {
        files.extend(git.diff.iter().map(|diff| ("git diff".to_owned(), diff)));
        files.extend(git.untracked.iter().map(|file| (named(file), file)));
    }
    files.extend(note.python.iter().map(|python| ("packages".to_owned(), &python.packages)));
    files
}
