//! Copies a task under a new name, without its runs.

use common::Task;
use common::TaskName;
use common::task::DuplicateRequest;

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::batch::Staging;
use store::task::{TaskInfo, file};
use store::{Error, Result, clock};

impl Engine {
    /// Copies a task's configuration, environment, notes and options.
    ///
    /// # Errors
    /// If the task does not exist, the name is invalid, or a task of that name exists.
    pub fn duplicate_task(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &DuplicateRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        let dir = workspace.find(name)?.dir.clone();
        let new_name = match &request.new_name {
            Some(requested) => TaskName::new(requested)?,
            None => unused_name(&workspace, name)?,
        };
        let (info, _) = file::read(&dir)?;
        let text = dir.config_text(info.task_kind)?;
        let mut copy = TaskInfo::named(new_name.as_str());
        copy.created_at = clock::local_stamp();
        copy.task_kind = info.task_kind;
        copy.script = info.script;
        copy.notes = info.notes;
        copy.env = info.env;
        copy.options = info.options;
        let mut staging = Staging::begin(workspace.tasks_dir(), 1)?;
        staging.add(&copy, &text)?;
        staging.commit()?;
        let entry = workspace.reload(&new_name);
        let entry = entry.ok_or_else(|| Error::task_not_found(&new_name))?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// `name_copy`, `name_copy-2`, …
fn unused_name(workspace: &Workspace, name: &TaskName) -> Result<TaskName> {
    let names = (1..=10_000).map(|count| match count {
        1 => format!("{name}_copy"),
        _ => format!("{name}_copy-{count}"),
    });
    for candidate in names {
        let candidate = TaskName::new(&candidate)?;
        if workspace.index.get(&candidate).is_none() {
            return Ok(candidate);
        }
    }
    Err(Error::invalid(format!("Task '{name}' has too many copies. Give a name for the new copy.")))
}
