//! A project: a `_pyruns_` folder, its open workspaces and its file permissions.

use common::WorkspaceName;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use common::natural;

use super::Workspace;
use crate::event::EventBus;
use crate::watch::Watcher;
use store::disk::{PYRUNS, Readers, set_folder_readers, set_readers, set_workspace_readers};
use store::settings::read_settings;
use store::{Error, Result};

/// The role in which a project is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Runs the queue.
    Queue,
    /// Changes tasks; another process starts them.
    Client,
    /// Read-only; another server may run the queue.
    Reader,
}

/// One `_pyruns_` folder.
pub(crate) struct Project {
    pub(crate) pyruns_dir: PathBuf,
    workspaces: Mutex<BTreeMap<WorkspaceName, Arc<Workspace>>>,
    bus: Arc<EventBus>,
    watcher: Arc<Watcher>,
    role: Role,
}

impl Project {
    /// A project whose workspaces are opened on demand.
    pub(crate) fn new(
        pyruns_dir: PathBuf,
        bus: Arc<EventBus>,
        watcher: Arc<Watcher>,
        role: Role,
    ) -> Self {
        if role == Role::Queue {
            set_permissions(&pyruns_dir);
        }
        Self { pyruns_dir, workspaces: Mutex::default(), bus, watcher, role }
    }

    /// A workspace by the name of its folder, opened on demand.
    ///
    /// # Errors
    /// If the folder is not a workspace.
    pub(crate) fn workspace(&self, name: &WorkspaceName) -> Result<Arc<Workspace>> {
        let root = self.pyruns_dir.join(name.as_str());
        let mut open = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(workspace) = open.get(name) {
            return Ok(workspace.clone());
        }
        if !is_workspace(&root) {
            return Err(workspace_not_found(name));
        }
        if self.role == Role::Queue {
            set_workspace_permissions(&self.pyruns_dir, &root);
        }
        let workspace = Workspace::open(root, name.clone(), self.bus.clone(), self.watcher.clone());
        open.insert(name.clone(), workspace.clone());
        Ok(workspace)
    }

    /// Reopens a workspace after its `script_info.json` has changed.
    pub(crate) fn reopen(&self, name: &WorkspaceName) -> Result<Arc<Workspace>> {
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        self.workspace(name)
    }

    /// The open workspaces.
    pub(crate) fn open_workspaces(&self) -> Vec<Arc<Workspace>> {
        let open = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().cloned().collect()
    }

    /// The names of all workspaces on disk.
    pub(crate) fn names(&self) -> Vec<WorkspaceName> {
        let Ok(listing) = fs::read_dir(&self.pyruns_dir) else {
            return Vec::new();
        };
        let mut names: Vec<WorkspaceName> = listing
            .flatten()
            .filter(|item| is_workspace(&item.path()))
            .filter_map(|item| WorkspaceName::of_folder(item.file_name().to_str()?).ok())
            .collect();
        natural::sort_by_text(&mut names, WorkspaceName::as_str);
        names
    }
}

/// `Workspace 'x' not found`.
pub(crate) fn workspace_not_found(name: impl std::fmt::Display) -> Error {
    Error::NotFound(format!("Workspace '{name}' not found"))
}

/// Sets the permissions of the project's files to those in its settings. The folder is set at once, which protects
/// its contents; the rest is set in the background. A folder of another name is not changed, because it may contain
/// files that are not ours beside a workspace that was opened by its path.
pub(crate) fn set_permissions(pyruns_dir: &Path) {
    if !is_ours(pyruns_dir) || !pyruns_dir.is_dir() {
        return;
    }
    let readers = readers_of(pyruns_dir);
    if let Err(error) = set_folder_readers(pyruns_dir, readers) {
        tracing::warn!(%error, "the permissions of {} are unchanged", pyruns_dir.display());
    }
    in_background(pyruns_dir, move |dir| set_readers(dir, readers));
}

/// Like [`set_permissions`] for a workspace outside of a `_pyruns_` folder. It must have a `script_info.json`,
/// because any folder may have a `tasks` subfolder.
pub(crate) fn set_workspace_permissions(pyruns_dir: &Path, root: &Path) {
    if is_ours(pyruns_dir) || !root.join("script_info.json").is_file() {
        return;
    }
    let readers = readers_of(pyruns_dir);
    in_background(root, move |root| set_workspace_readers(root, readers));
}

fn is_ours(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == PYRUNS)
}

fn readers_of(pyruns_dir: &Path) -> Readers {
    if read_settings(pyruns_dir).shared { Readers::Group } else { Readers::Owner }
}

fn in_background(folder: &Path, set: impl FnOnce(&Path) -> std::io::Result<()> + Send + 'static) {
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        if let Err(error) = set(&folder) {
            tracing::warn!(%error, "permissions in {} are unchanged", folder.display());
        }
    });
}

/// Whether a folder is a workspace: it has `tasks/`, `config_default.yaml` or `script_info.json`.
pub(crate) fn is_workspace(root: &Path) -> bool {
    ["tasks", "config_default.yaml", "script_info.json"].iter().any(|name| root.join(name).exists())
}
