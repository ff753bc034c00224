//! `POST /api/generator/create`.

use common::generator::{CreateRequest, CreateResponse};
use common::{Task, TaskKind, TaskName};

use super::commit::Staging;
use super::input::{self, Input};
use super::names;
use crate::engine::{Engine, Pick};
use crate::task::TaskInfo;
use crate::task::view::Detail;
use crate::workspace::{Workspace, read_settings};
use crate::{Error, Result, clock};

/// How many of the newest tasks the answer holds.
const RECENT: usize = 12;

impl Engine {
    /// Creates all tasks of a batch, or none.
    ///
    /// # Errors
    /// As a preview; also when a name is bad or taken, or the batch is larger than the setting allows.
    pub fn create(&self, pick: &Pick, request: &CreateRequest) -> Result<CreateResponse> {
        let workspace = self.pick(pick)?;
        let input = input::read(&workspace, &request.preview)?;
        let count = input.count();
        let most = read_settings(workspace.pyruns_dir()).max_batch_tasks;
        if count > most {
            return Err(Error::invalid(format!(
                "This batch has {count} tasks; at most {most} may be created at once (setting max_batch_tasks)."
            )));
        }
        let base = names::base(&request.name_prefix, request.append_timestamp);
        let created = write(&workspace, &input, &base)?;
        let items: Vec<Task> = created
            .iter()
            .filter_map(|name| workspace.reload(name.as_str()))
            .map(|entry| workspace.view(&entry, Detail::Full))
            .collect();
        Ok(CreateResponse {
            count: items.len() as u64,
            items,
            recent_tasks: recent(&workspace),
            task_kind: input.kind(),
        })
    }
}

fn write(workspace: &Workspace, input: &Input, base: &str) -> Result<Vec<TaskName>> {
    let count = input.count();
    let created_at = clock::local_stamp();
    let mut staging = Staging::begin(&workspace.tasks_dir())?;
    let mut created = Vec::new();
    let mut add = |place: u64, text: &str| -> Result<()> {
        let name = names::name(base, place, count)?;
        let info = task_info(workspace, input.kind(), &name, &created_at);
        created.push(name);
        staging.add(&info, text)
    };
    match input {
        Input::Script(text) => add(1, text)?,
        Input::Grid(grid) => {
            for (place, config) in grid.configs().enumerate() {
                add(place as u64 + 1, &common::yaml::to_text(&config))?;
            }
        }
    }
    staging.commit()?;
    Ok(created)
}

fn task_info(workspace: &Workspace, kind: TaskKind, name: &TaskName, created_at: &str) -> TaskInfo {
    let script = (kind == TaskKind::Python).then(|| workspace.info().script_path.clone());
    TaskInfo {
        name: name.to_string(),
        created_at: created_at.to_owned(),
        task_kind: kind,
        script,
        ..TaskInfo::default()
    }
}

fn recent(workspace: &Workspace) -> Vec<Task> {
    let mut entries = workspace.index.all();
    entries.sort_by(|a, b| {
        let key = |entry: &crate::task::TaskEntry| entry.info.created_at.clone();
        key(b).cmp(&key(a)).then_with(|| a.info.name.cmp(&b.info.name))
    });
    entries.iter().take(RECENT).map(|entry| workspace.view(entry, Detail::Compact)).collect()
}
