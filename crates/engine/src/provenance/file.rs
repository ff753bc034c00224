//! Reads a stored input file of a run.

use common::TaskName;
use common::provenance::{Provenance, StoredFile};

use super::get;
use crate::engine::{Engine, WorkspaceSelector};
use store::provenance::Store;
use store::{Error, Result};

impl Engine {
    /// The content of a file in the provenance record of a run: script, config, diff, packages or an untracked file.
    /// No other files can be read.
    ///
    /// # Errors
    /// If the run does not exist, its record does not have the hash, or the content was not stored.
    pub fn provenance_file(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run_index: Option<u32>,
        sha256: &str,
    ) -> Result<Vec<u8>> {
        let workspace = self.workspace_of(selector)?;
        let entry = workspace.find(name)?;
        let note = get::read(&entry.dir, get::run_or_newest(&entry.dir, run_index)?)?;
        let mut named = files(&note).into_iter().map(|(_, file)| file);
        // A file that was not stored has an empty hash.
        let file = named.find(|file| !sha256.is_empty() && file.sha256 == sha256);
        let unknown =
            || Error::NotFound(format!("The run's provenance record has no content '{sha256}'"));
        Store::of(workspace.pyruns_dir()).content(file.ok_or_else(unknown)?)
    }
}

/// The files of a provenance record, with their names in comparisons.
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
