//! Adds, lists and removes imported folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{ImportList, ImportRequest};

use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use metrics::import::ImportedRun;
use metrics::import::{Folder, change, checked_name, scan_folder};
use store::{Error, Result};

impl Engine {
    /// The imported folders of a workspace.
    ///
    /// # Errors
    /// If no workspace is open.
    pub fn list_imports(&self, selector: &WorkspaceSelector) -> Result<ImportList> {
        let workspace = self.workspace_of(selector)?;
        Ok(ImportList { items: workspace.imports.list(&workspace.root) })
    }

    /// Imports the runs of a folder, which are then listed with those of the workspace.
    ///
    /// # Errors
    /// If the folder does not exist or contains no runs, or its name is in use.
    pub fn add_import(
        &self,
        selector: &WorkspaceSelector,
        request: &ImportRequest,
    ) -> Result<ImportList> {
        let workspace = self.workspace_of(selector)?;
        let path = workspace.project_root().join(Path::new(request.path.trim()));
        let path = std::fs::canonicalize(&path)
            .ok()
            .filter(|path| path.is_dir())
            .ok_or_else(|| Error::invalid(format!("Folder {} does not exist.", path.display())))?;
        let own = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = checked_name(&request.name.clone().unwrap_or_else(own))?;
        if scan_folder(&name, &path).1.is_empty() {
            let text = "It holds neither event files of TensorBoard nor runs of MLflow";
            return Err(Error::invalid(format!("{text}: {}", path.display())));
        }
        change(&workspace.root, |folders| add(folders, name, path))?;
        workspace.imports.mark_changed();
        self.list_imports(selector)
    }

    /// Removes an import. The folder itself is not changed.
    ///
    /// # Errors
    /// If the import does not exist.
    pub fn delete_import(&self, selector: &WorkspaceSelector, name: &str) -> Result<ImportList> {
        let workspace = self.workspace_of(selector)?;
        change(&workspace.root, |folders| {
            let before = folders.len();
            folders.retain(|folder| folder.name != name);
            match folders.len() < before {
                true => Ok(()),
                false => Err(Error::NotFound(format!("Import '{name}' not found"))),
            }
        })?;
        workspace.imports.mark_changed();
        self.list_imports(selector)
    }

    /// An imported run by its name.
    ///
    /// # Errors
    /// If the run does not exist.
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
