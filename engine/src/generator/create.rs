//! `POST /api/generator/create`.

use common::generator::{CreateRequest, CreateResponse};
use common::{Task, TaskKind, TaskName};

use super::batch::BatchRecord;
use super::commit::Staging;
use super::input::{self, Input};
use super::names;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::view::Detail;
use crate::task::{BatchPlace, TaskInfo};
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
        let created_at = clock::local_stamp();
        let batch = match &input {
            Input::Grid(_) if count > 1 => Some(BatchRecord {
                name: BatchRecord::name_of(&base, count),
                base: base.clone(),
                created_at: created_at.clone(),
                count,
                yaml_text: request.preview.yaml_text.clone(),
                template_text: input::template_text(&workspace, &request.preview.template_value)?,
            }),
            _ => None,
        };
        let created = write(&workspace, &input, &base, &created_at, batch.as_ref())?;
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

fn write(
    workspace: &Workspace,
    input: &Input,
    base: &str,
    created_at: &str,
    batch: Option<&BatchRecord>,
) -> Result<Vec<TaskName>> {
    let count = input.count();
    let mut staging = Staging::begin(&workspace.tasks_dir())?;
    let mut created = Vec::new();
    let mut add = |place: u64, text: &str| -> Result<()> {
        let name = names::name(base, place, count)?;
        let mut info = task_info(workspace, input.kind(), &name, created_at);
        info.batch = batch.map(|batch| BatchPlace { name: batch.name.clone(), place });
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
    // Before its tasks: a batch without tasks does no harm, tasks of an unknown batch cannot be
    // made again. A name that is taken shows before either.
    staging.check_names()?;
    if let Some(batch) = batch {
        batch.save(&workspace.root)?;
    }
    staging.commit()?;
    Ok(created)
}

/// Creates tasks of a batch again, under the names that they had, by their places from 1.
///
/// # Errors
/// When a name is taken, or the disk refuses; then none is created.
pub(crate) fn recreate(
    workspace: &Workspace,
    batch: &BatchRecord,
    places: &[u64],
) -> Result<Vec<String>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let grid = batch.grid()?;
    let mut staging = Staging::begin(&workspace.tasks_dir())?;
    let mut created = Vec::new();
    for place in places {
        let Some(config) = grid.nth(place - 1) else { continue };
        let name = names::name(&batch.base, *place, batch.count)?;
        let mut info = task_info(workspace, TaskKind::Python, &name, &batch.created_at);
        info.batch = Some(BatchPlace { name: batch.name.clone(), place: *place });
        staging.add(&info, &common::yaml::to_text(&config))?;
        created.push(name.to_string());
    }
    staging.commit()?;
    created.iter().for_each(|name| drop(workspace.reload(name)));
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
    let wanted = Wanted { limit: Some(RECENT), ..Wanted::default() };
    let newest = workspace.index.find(&Sorting::newest(), &wanted).entries;
    newest.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect()
}
