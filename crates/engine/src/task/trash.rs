//! Lists, restores and permanently deletes the tasks in a workspace's trash.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use common::task::{TrashItem, TrashList, TrashRequest, TrashResponse};
use common::{TaskName, natural};

use super::rename::already_exists;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::disk::{Folder, sync_dir};
use store::task::{TaskDir, TaskInfo};
use store::{Error, Result};

impl Engine {
    /// The deleted tasks of a workspace, newest first.
    ///
    /// # Errors
    /// If the workspace is not open.
    pub fn list_trash(&self, selector: &WorkspaceSelector) -> Result<TrashList> {
        let workspace = self.workspace_of(selector)?;
        let Ok(listing) = fs::read_dir(trash(&workspace)) else {
            return Ok(TrashList { items: Vec::new() });
        };
        let mut found: Vec<(SystemTime, TrashItem)> = listing
            .flatten()
            .filter(|item| item.file_type().is_ok_and(|kind| kind.is_dir()))
            .filter_map(|item| {
                // A move does not change the folder's modification time, but its ctime.
                let when = item.metadata().ok().and_then(|meta| {
                    use std::os::unix::fs::MetadataExt;
                    let seconds = u64::try_from(meta.ctime()).ok()?;
                    SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds))
                });
                let dir = TaskDir::at(&item.path()).ok()?;
                let info = read_any(&dir);
                let task_name = original_name(dir.name().as_str(), &info);
                let item =
                    TrashItem { name: dir.name().to_string(), task_name, status: info.status() };
                Some((when.unwrap_or(SystemTime::UNIX_EPOCH), item))
            })
            .collect();
        found.sort_by(|(a, first), (b, second)| {
            b.cmp(a).then_with(|| natural::compare(&first.name, &second.name))
        });
        Ok(TrashList { items: found.into_iter().map(|(_, item)| item).collect() })
    }

    /// Restores deleted tasks under their original names.
    ///
    /// # Errors
    /// Names the first task that is not in the trash or whose name is in use, before anything is moved.
    pub fn restore_trash(
        &self,
        selector: &WorkspaceSelector,
        request: &TrashRequest,
    ) -> Result<TrashResponse> {
        let workspace = self.workspace_of(selector)?;
        let mut moves: Vec<(&str, TaskName)> = Vec::new();
        for name in &request.names {
            let dir = in_trash(&workspace, name)?;
            let task_name = TaskName::new(&original_name(name, &read_any(&dir)))?;
            let exists = workspace.task_dir(&task_name).path().exists();
            if exists || moves.iter().any(|(_, other)| *other == task_name) {
                return Err(already_exists(&task_name));
            }
            moves.push((name, task_name));
        }
        let mut names = Vec::new();
        if moves.is_empty() {
            return Ok(TrashResponse { count: 0, names });
        }
        let (tasks, trash) =
            (open_folder(workspace.tasks_dir())?, open_folder(&trash(&workspace))?);
        for (from, name) in moves {
            trash.move_to(from, &tasks, name.as_str()).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => already_exists(&name),
                _ => Error::io("bringing back", &trash.path().join(from))(error),
            })?;
            workspace.reload(&name);
            names.push(name.into());
        }
        sync_dir(workspace.tasks_dir())?;
        Ok(TrashResponse { count: names.len() as u64, names })
    }

    /// Deletes tasks in the trash permanently.
    ///
    /// # Errors
    /// Names the first task that is not in the trash, before anything is deleted.
    pub fn purge_trash(
        &self,
        selector: &WorkspaceSelector,
        request: &TrashRequest,
    ) -> Result<TrashResponse> {
        let workspace = self.workspace_of(selector)?;
        for name in &request.names {
            in_trash(&workspace, name)?;
        }
        let names = request.names.clone();
        if names.is_empty() {
            return Ok(TrashResponse { count: 0, names });
        }
        let trash = open_folder(&trash(&workspace))?;
        for name in &names {
            let path = trash.path().join(name);
            trash.remove_all(name).map_err(Error::io("throwing away", &path))?;
        }
        Ok(TrashResponse { count: names.len() as u64, names })
    }
}

fn trash(workspace: &Workspace) -> PathBuf {
    workspace.tasks_dir().join(".trash")
}

fn open_folder(path: &Path) -> Result<Folder> {
    Folder::open(path).map_err(Error::io("opening", path))
}

/// The folder of a task in the trash. A name that leads out of the trash is not found.
fn in_trash(workspace: &Workspace, name: &str) -> Result<TaskDir> {
    let dir = TaskName::of_folder(name).map(|name| TaskDir::new(trash(workspace).into(), name));
    match dir {
        Ok(dir) if dir.hold().is_ok() => Ok(dir),
        _ => Err(Error::NotFound(format!("'{name}' is not in the trash"))),
    }
}

fn read_any(dir: &TaskDir) -> TaskInfo {
    let text = dir.read(TaskDir::INFO).unwrap_or_default();
    // An unreadable task can still be restored or deleted.
    TaskInfo::parse(&String::from_utf8_lossy(&text)).unwrap_or_default()
}

/// The task's name from its file if it matches the folder, else the folder's name.
fn original_name(folder: &str, info: &TaskInfo) -> String {
    let fits = folder == info.name || folder.starts_with(&format!("{}_", info.name));
    if fits && !info.name.is_empty() { info.name.clone() } else { folder.to_owned() }
}
