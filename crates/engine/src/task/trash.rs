//! The trash of a workspace: what is in it, bringing it back, and throwing it away for good.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use common::task::{TrashItem, TrashList, TrashRequest, TrashResponse};
use common::{TaskName, natural};

use super::rename::already_exists;
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use store::disk::{Folder, sync_dir};
use store::task::{TaskDir, TaskInfo};
use store::{Error, Result};

impl Engine {
    /// The deleted tasks of a workspace, the newest first.
    ///
    /// # Errors
    /// When no such workspace is open.
    pub fn list_trash(&self, pick: &Pick) -> Result<TrashList> {
        let workspace = self.pick(pick)?;
        let Ok(listing) = fs::read_dir(trash(&workspace)) else {
            return Ok(TrashList { items: Vec::new() });
        };
        let mut found: Vec<(SystemTime, TrashItem)> = listing
            .flatten()
            .filter(|item| item.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|item| {
                // Moving a folder does not touch its time of change, but its entry's.
                let when = item.metadata().ok().and_then(|meta| {
                    use std::os::unix::fs::MetadataExt;
                    let seconds = u64::try_from(meta.ctime()).ok()?;
                    SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds))
                });
                let dir = TaskDir::new(item.path());
                let info = read_any(&dir);
                let task_name = name_before(&dir.name(), &info);
                let item = TrashItem { name: dir.name(), task_name, status: info.status() };
                (when.unwrap_or(SystemTime::UNIX_EPOCH), item)
            })
            .collect();
        found.sort_by(|(a, first), (b, second)| {
            b.cmp(a).then_with(|| natural::compare(&first.name, &second.name))
        });
        Ok(TrashList { items: found.into_iter().map(|(_, item)| item).collect() })
    }

    /// Brings deleted tasks back under the names they had.
    ///
    /// # Errors
    /// Names the first that is not in the trash, or whose name is taken, before anything is moved.
    pub fn restore_trash(&self, pick: &Pick, request: &TrashRequest) -> Result<TrashResponse> {
        let workspace = self.pick(pick)?;
        let mut moves: Vec<(&str, TaskName)> = Vec::new();
        for name in &request.names {
            let dir = in_trash(&workspace, name)?;
            let task_name = TaskName::new(&name_before(name, &read_any(&dir)))?;
            let is_there = workspace.task_dir(task_name.as_str()).path().exists();
            if is_there || moves.iter().any(|(_, other)| *other == task_name) {
                return Err(already_exists(task_name.as_str()));
            }
            moves.push((name, task_name));
        }
        let mut names = Vec::new();
        if moves.is_empty() {
            return Ok(TrashResponse { count: 0, names });
        }
        let (tasks, trash) = (hold(&workspace.tasks_dir())?, hold(&trash(&workspace))?);
        for (from, name) in moves {
            trash.move_to(from, &tasks, name.as_str()).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => already_exists(name.as_str()),
                _ => Error::io("bringing back", &trash.path().join(from))(error),
            })?;
            workspace.reload(name.as_str());
            names.push(name.as_str().to_owned());
        }
        sync_dir(&workspace.tasks_dir())?;
        Ok(TrashResponse { count: names.len() as u64, names })
    }

    /// Throws deleted tasks away for good.
    ///
    /// # Errors
    /// Names the first that is not in the trash, before anything is thrown away.
    pub fn purge_trash(&self, pick: &Pick, request: &TrashRequest) -> Result<TrashResponse> {
        let workspace = self.pick(pick)?;
        for name in &request.names {
            in_trash(&workspace, name)?;
        }
        let names = request.names.clone();
        if names.is_empty() {
            return Ok(TrashResponse { count: 0, names });
        }
        let trash = hold(&trash(&workspace))?;
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

fn hold(path: &Path) -> Result<Folder> {
    Folder::open(path).map_err(Error::io("opening", path))
}

/// The folder of a name in the trash. A name that leads elsewhere is not there.
fn in_trash(workspace: &Workspace, name: &str) -> Result<TaskDir> {
    let dir = TaskDir::new(trash(workspace).join(name));
    match TaskName::new(name) {
        Ok(_) if dir.hold().is_ok() => Ok(dir),
        _ => Err(Error::NotFound(format!("'{name}' is not in the trash"))),
    }
}

fn read_any(dir: &TaskDir) -> TaskInfo {
    let text = dir.read(TaskDir::INFO).unwrap_or_default();
    // What cannot be read can still be brought back, or thrown away.
    TaskInfo::parse(&String::from_utf8_lossy(&text)).unwrap_or_default()
}

/// The name that the file tells; the folder's where it tells none that fits.
fn name_before(folder: &str, info: &TaskInfo) -> String {
    let fits = folder == info.name || folder.starts_with(&format!("{}_", info.name));
    if fits && !info.name.is_empty() { info.name.clone() } else { folder.to_owned() }
}
