//! Adding, listing and removing imported folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{ImportList, ImportRequest};

use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use metrics::import::ImportedRun;
use metrics::import::{Folder, change, checked_name, scan_folder};
use store::{Error, Result};

impl Engine {
    /// The imported folders of a workspace.
    ///
    /// # Errors
    /// When no workspace is open.
    pub fn list_imports(&self, pick: &Pick) -> Result<ImportList> {
        let workspace = self.pick(pick)?;
        Ok(ImportList { items: workspace.imports.list(&workspace.root) })
    }

    /// Shows the runs of a folder beside those of the workspace.
    ///
    /// # Errors
    /// When there is no such folder, it holds no runs, or its name is taken.
    pub fn add_import(&self, pick: &Pick, request: &ImportRequest) -> Result<ImportList> {
        let workspace = self.pick(pick)?;
        let path = workspace.project_root().join(Path::new(request.path.trim()));
        let path = std::fs::canonicalize(&path)
            .ok()
            .filter(|path| path.is_dir())
            .ok_or_else(|| Error::invalid(format!("There is no folder {}.", path.display())))?;
        let own = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = checked_name(&request.name.clone().unwrap_or_else(own))?;
        if scan_folder(&name, &path).1.is_empty() {
            let text = "It holds neither event files of TensorBoard nor runs of MLflow";
            return Err(Error::invalid(format!("{text}: {}", path.display())));
        }
        change(&workspace.root, |folders| add(folders, name, path))?;
        workspace.imports.mark_changed();
        self.list_imports(pick)
    }

    /// Shows the runs of a folder no more. The folder itself is left alone.
    ///
    /// # Errors
    /// When no import has that name.
    pub fn delete_import(&self, pick: &Pick, name: &str) -> Result<ImportList> {
        let workspace = self.pick(pick)?;
        change(&workspace.root, |folders| {
            let before = folders.len();
            folders.retain(|folder| folder.name != name);
            match folders.len() < before {
                true => Ok(()),
                false => Err(Error::NotFound(format!("Import '{name}' not found"))),
            }
        })?;
        workspace.imports.mark_changed();
        self.list_imports(pick)
    }

    /// An imported run by its name.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn imported_run(
        &self,
        workspace: &Arc<Workspace>,
        run: &RunRef,
    ) -> Result<Arc<ImportedRun>> {
        let found = workspace.imports.find(&workspace.root, &run.task);
        found.ok_or_else(|| Error::NotFound(format!("Run '{}' not found", run.task)))
    }
}

fn add(folders: &mut Vec<Folder>, name: String, path: PathBuf) -> Result<()> {
    match folders.iter().find(|folder| folder.name == name) {
        Some(known) if known.path == path => Ok(()),
        Some(known) => {
            let text = format!("Import '{name}' already exists: {}", known.path.display());
            Err(Error::invalid(text))
        }
        None => {
            folders.push(Folder { name, path });
            Ok(())
        }
    }
}
