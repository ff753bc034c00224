//! Deletes tasks by moving them to the workspace's trash.

use std::io;
use std::time::{Duration, Instant};

use common::task::{BatchDeleteResponse, TaskNamesRequest};
use common::{TaskName, TaskStatus};

use super::cancel::cancel;
use super::requested_name;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::disk::Folder;
use store::settings::read_settings;
use store::task::{TaskDir, file};
use store::{Error, Result, clock};

impl Engine {
    /// Moves tasks into `tasks/.trash/`. Active tasks are cancelled first.
    ///
    /// # Errors
    /// Names the first task that does not exist, before anything is deleted, or a task whose run did not end.
    pub fn delete_batch(
        &self,
        selector: &WorkspaceSelector,
        request: &TaskNamesRequest,
    ) -> Result<BatchDeleteResponse> {
        let workspace = self.workspace_of(selector)?;
        let mut names = Vec::new();
        for name in &request.task_names {
            let name = workspace.find(&requested_name(name)?)?.name().clone();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        // All cancel requests are sent before the first wait.
        for name in &names {
            match cancel(&workspace, name) {
                Ok(()) | Err(Error::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        self.wake(&workspace);
        for name in &names {
            wait_until_inactive(&workspace, name)?;
            move_to_trash(&workspace, &workspace.task_dir(name))?;
            workspace.reload(name);
        }
        Ok(BatchDeleteResponse { count: names.len() as u64, deleted: names })
    }
}

fn wait_until_inactive(workspace: &Workspace, name: &TaskName) -> Result<()> {
    let grace = read_settings(workspace.pyruns_dir()).cancel_grace();
    let deadline = Instant::now() + grace + Duration::from_secs(8);
    loop {
        match workspace.reload(name).map(|entry| entry.summary.status) {
            Some(TaskStatus::Queued | TaskStatus::Running) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Some(TaskStatus::Queued | TaskStatus::Running) => {
                return Err(Error::invalid(format!(
                    "Task '{name}' did not end; it was not deleted."
                )));
            }
            _ => return Ok(()),
        }
    }
}

fn move_to_trash(workspace: &Workspace, dir: &TaskDir) -> Result<()> {
    let io_error = |error| Error::io("moving to the trash", &dir.path())(error);
    let tasks = Folder::open(workspace.tasks_dir()).map_err(io_error)?;
    let trash = tasks.make(".trash").map_err(io_error)?;
    // A folder without a task file can be deleted, too.
    let _lock = file::lock(dir).ok();
    if file::read(dir).is_ok_and(|(info, _)| info.status().is_active()) {
        return Err(Error::Conflict(format!("Task '{}' was started again.", dir.name())));
    }
    let name = dir.name();
    let stamp = clock::local_stamp();
    let mut target = name.to_string();
    for attempt in 0..1000 {
        match tasks.move_to(name.as_str(), &trash, &target) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let suffix = if attempt == 0 { String::new() } else { format!("-{attempt}") };
                target = format!("{name}_{stamp}{suffix}");
            }
            moved => return moved.map_err(io_error),
        }
    }
    Err(io_error(io::ErrorKind::AlreadyExists.into()))
}
