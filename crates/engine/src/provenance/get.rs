//! `GET /api/tasks/{name}/provenance?run_index=`.

use std::fs;
use std::io::ErrorKind;

use common::provenance::Provenance;

use crate::engine::{Engine, Pick};
use store::provenance::Store;
use store::task::TaskDir;
use store::{Error, Result};

impl Engine {
    /// Where a run came from: the newest one unless told which.
    ///
    /// # Errors
    /// When there is no such task or run, or nothing was noted for it.
    pub fn provenance(
        &self,
        pick: &Pick,
        name: &str,
        run_index: Option<u32>,
    ) -> Result<Provenance> {
        let workspace = self.pick(pick)?;
        let mut note = self.reveal_provenance(pick, name, run_index)?;
        note.masked_env = Store::of(workspace.pyruns_dir()).secrets().mask(&mut note.env);
        Ok(note)
    }

    /// The same with the values of secrets where they were noted: since they are masked in notes, too,
    /// only notes of earlier versions have them.
    ///
    /// # Errors
    /// As [`provenance`](Self::provenance).
    pub fn reveal_provenance(
        &self,
        pick: &Pick,
        name: &str,
        run_index: Option<u32>,
    ) -> Result<Provenance> {
        let entry = self.pick(pick)?.find(name)?;
        read(&entry.dir, run_index.unwrap_or(entry.brief.run_index))
    }
}

/// What was noted for a run.
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
