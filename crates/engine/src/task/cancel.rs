//! Cancels a queued or running task.

use common::{Task, TaskName, TaskStatus};
use rustix::fs::OFlags;

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::task::Transition;
use store::task::paths::cancel_marker_name;
use store::{Error, Result};

impl Engine {
    /// Removes a task from the queue, or requests that the supervisor of its run ends it.
    ///
    /// # Errors
    /// `Task 'x' cannot be cancelled` if it is not active.
    pub fn cancel_task(&self, selector: &WorkspaceSelector, name: &TaskName) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        cancel(&workspace, name)?;
        self.wake(&workspace);
        let entry = workspace.find(name)?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// The cancel request is written under the lock that also protects the write of the run's end, so an accepted
/// request always results in `cancelled`.
pub(super) fn cancel(workspace: &Workspace, name: &TaskName) -> Result<()> {
    let dir = workspace.find(name)?.dir.clone();
    workspace.update(name, |info| match info.status() {
        TaskStatus::Queued => {
            info.apply(Transition::Cancel)?;
            Ok(())
        }
        TaskStatus::Running => {
            let run_index = info.run_index();
            let (create, name) = (OFlags::WRONLY | OFlags::CREATE, cancel_marker_name(run_index));
            let created = dir.hold_run_logs().and_then(|logs| logs.open_file(&name, create));
            created
                .and_then(|file| file.sync_all())
                .map_err(Error::io("asking for the end of the run", &dir.cancel_marker(run_index)))
        }
        _ => Err(Error::invalid(format!("Task '{name}' cannot be cancelled"))),
    })?;
    Ok(())
}
