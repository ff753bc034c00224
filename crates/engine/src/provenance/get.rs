//! Reads the provenance record of a run.

use common::TaskName;
use std::fs;
use std::io::ErrorKind;

use common::provenance::Provenance;

use crate::engine::{Engine, WorkspaceSelector};
use store::provenance::Store;
use store::task::{TaskDir, file};
use store::{Error, Result};

impl Engine {
    /// The provenance record of a run, by default the newest.
    ///
    /// # Errors
    /// If the task or run does not exist or has no provenance record.
    pub fn provenance(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run_index: Option<u32>,
    ) -> Result<Provenance> {
        let workspace = self.workspace_of(selector)?;
        let mut note = self.reveal_provenance(selector, name, run_index)?;
        let store = Store::of(workspace.pyruns_dir());
        let secrets = store.secrets();
        note.masked_env = secrets.mask(&mut note.env);
        secrets.mask_command(&mut note.command);
        Ok(note)
    }

    /// Like [`provenance`](Self::provenance), with the values of secrets if they are in the record. Only records of
    /// earlier versions contain them.
    ///
    /// # Errors
    /// As [`provenance`](Self::provenance).
    pub fn reveal_provenance(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        run_index: Option<u32>,
    ) -> Result<Provenance> {
        let entry = self.workspace_of(selector)?.find(name)?;
        read(&entry.dir, run_or_newest(&entry.dir, run_index)?)
    }
}

/// The given run, or the newest. That of the task's file, because a client that has seen a run end there may ask
/// before the index has it.
pub(super) fn run_or_newest(dir: &TaskDir, run_index: Option<u32>) -> Result<u32> {
    match run_index {
        Some(run_index) => Ok(run_index),
        None => Ok(file::read(dir)?.0.run_index()),
    }
}

/// Reads the provenance record of a run.
pub(super) fn read(dir: &TaskDir, run_index: u32) -> Result<Provenance> {
    let path = dir.provenance(run_index);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = dir.name();
            return Err(Error::NotFound(format!("No provenance of run {run_index} of '{name}'")));
        }
        Err(error) => return Err(Error::io("reading", &path)(error)),
    };
    serde_json::from_slice(&text)
        .map_err(|error| Error::Malformed { path, reason: error.to_string() })
}
