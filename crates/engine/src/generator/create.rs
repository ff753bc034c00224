//! Creates the tasks of a batch.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use common::generator::{CreateRequest, CreateResponse, Created, CreatedTasks};
use common::{Task, TaskKind, TaskName, secret};

use super::input::{self, Input};
use super::names::{self, Names};
use super::progress::Progress;
use crate::engine::{Engine, WorkspaceSelector};
use crate::index::{IndexQuery, Sorting};
use crate::task::view::Detail;
use crate::task::{check_env, masked_without_value};
use crate::workspace::Workspace;
use store::batch::BatchRecord;
use store::batch::Staging;
use store::settings::read_settings;
use store::task::{BatchPosition, TaskInfo};
use store::{Error, Result, clock};

/// Number of newest tasks in the response.
const MAX_RECENT: usize = 12;

/// A batch that was created.
struct CreatedBatch {
    workspace: Arc<Workspace>,
    kind: TaskKind,
    batch: Option<String>,
    names: Vec<TaskName>,
}

impl Engine {
    /// Creates all tasks of a batch, or none.
    ///
    /// # Errors
    /// As [`preview`](Self::preview); also if a name is invalid or in use, or the batch exceeds the configured size.
    pub fn create(
        &self,
        selector: &WorkspaceSelector,
        request: &CreateRequest,
    ) -> Result<CreateResponse> {
        let CreatedBatch { workspace, kind, names, .. } = self.create_tasks(selector, request)?;
        let items: Vec<Task> = names
            .iter()
            .filter_map(|name| workspace.index.get(name))
            .map(|entry| workspace.view(&entry, Detail::Full))
            .collect();
        Ok(CreateResponse {
            count: items.len() as u64,
            items,
            recent_tasks: recent(&workspace),
            task_kind: kind,
        })
    }

    /// Like [`create`](Self::create) with a short response, for large batches. Queues the tasks if `run` is set.
    ///
    /// # Errors
    /// As [`create`](Self::create); also if the tasks were created but cannot be queued.
    pub fn create_batch(
        &self,
        selector: &WorkspaceSelector,
        request: &CreateRequest,
        run: bool,
    ) -> Result<Created> {
        let CreatedBatch { workspace, batch, names, .. } = self.create_tasks(selector, request)?;
        if run {
            let queued = self.enqueue_all(&workspace, &names, false);
            // Also after an error: the other tasks are queued.
            self.wake(&workspace);
            queued?;
        }
        let count = names.len() as u64;
        Ok(Created {
            count,
            batch,
            first: names.into_iter().next().map(String::from).unwrap_or_default(),
        })
    }

    /// Like [`create`](Self::create), with the names of the tasks as the response.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_names(
        &self,
        selector: &WorkspaceSelector,
        request: &CreateRequest,
    ) -> Result<CreatedTasks> {
        let CreatedBatch { batch, names, .. } = self.create_tasks(selector, request)?;
        Ok(CreatedTasks { count: names.len() as u64, batch, task_names: names })
    }

    fn create_tasks(
        &self,
        selector: &WorkspaceSelector,
        request: &CreateRequest,
    ) -> Result<CreatedBatch> {
        let workspace = self.workspace_of(selector)?;
        check_env(&request.env)?;
        secret::unmask(&mut request.env.clone(), &BTreeMap::new())
            .map_err(|name| masked_without_value(&name))?;
        if let Err((field, reason)) = request.options.check() {
            return Err(Error::invalid(format!("options.{field}: {reason}.")));
        }
        let input = input::read(&workspace, &request.preview)?;
        let count = input.count();
        let max_tasks = read_settings(workspace.pyruns_dir()).max_batch_tasks;
        if count > max_tasks {
            return Err(Error::invalid(format!(
                "This batch has {count} tasks; at most {max_tasks} may be created at once (setting max_batch_tasks)."
            )));
        }
        let record = record(&workspace, request, count)?;
        let names = write(self, &workspace, &input, &record)?;
        let batch = (count > 1).then_some(record.name);
        Ok(CreatedBatch { kind: input.kind(), workspace, batch, names })
    }
}

/// The record of a batch, from which each of its tasks can be recreated.
fn record(workspace: &Workspace, request: &CreateRequest, count: u64) -> Result<BatchRecord> {
    let is_pattern = !request.name_pattern.trim().is_empty();
    let prefix = if is_pattern { &request.name_pattern } else { &request.name_prefix };
    let base = names::base(prefix, request.append_timestamp);
    Ok(BatchRecord {
        name: BatchRecord::name_of(&base, count),
        base,
        is_pattern,
        created_at: clock::local_stamp(),
        count,
        yaml_text: request.preview.yaml_text.clone(),
        when: request.preview.when.clone(),
        template_text: input::template_text(workspace, &request.preview.template_value)?,
        notes: request.notes.clone(),
        env: request.env.clone(),
        options: request.options.clone(),
        extensions: Vec::new(),
    })
}

fn write(
    engine: &Engine,
    workspace: &Workspace,
    input: &Input,
    record: &BatchRecord,
) -> Result<Vec<TaskName>> {
    let mut progress = Progress::new(engine.bus(), workspace.name().to_string(), record.count);
    let mut staging = Staging::begin(workspace.tasks_dir(), record.count)?;
    let mut names = Vec::new();
    match input {
        Input::Script(text) => {
            let pattern = Names::new(&record.base, None, 1)?;
            let name = pattern.name(1, &serde_yaml::Mapping::new())?;
            staging.add(&task_info(workspace, input.kind(), &name, record, 1), text)?;
            names.push(name);
        }
        Input::Grid(grid) => {
            let pattern = record.is_pattern.then_some(grid);
            let pattern = Names::new(&record.base, pattern, record.count)?;
            let mut taken = HashSet::new();
            for (position, config) in (1..).zip(grid.configs()) {
                let name = pattern.name(position, &config)?;
                if record.is_pattern && !taken.insert(name.clone()) {
                    return Err(Error::invalid(format!(
                        "Two tasks of this batch would be called '{name}'; add {{#}} to the name."
                    )));
                }
                let info = task_info(workspace, input.kind(), &name, record, position);
                staging.add(&info, &common::yaml::to_text(&config))?;
                names.push(name);
                progress.written(position);
            }
        }
    }
    // The record is written before the tasks, because a record without tasks is harmless, but tasks without a
    // record cannot be recreated. Names are checked before either.
    staging.check_names()?;
    if record.count > 1 {
        record.save(&workspace.root)?;
    }
    staging.commit()?;
    for (position, name) in (1..).zip(&names) {
        workspace.reload(name);
        progress.listed(position);
    }
    Ok(names)
}

/// Recreates tasks of a batch under their original names, by their positions from 1.
///
/// # Errors
/// If a name is in use or the files cannot be written; then no task is created.
pub(crate) fn recreate(
    workspace: &Workspace,
    batch: &BatchRecord,
    positions: &[u64],
) -> Result<Vec<TaskName>> {
    if positions.is_empty() {
        return Ok(Vec::new());
    }
    let mut staging = Staging::begin(workspace.tasks_dir(), positions.len() as u64)?;
    let created = stage(workspace, &mut staging, batch, positions)?;
    staging.commit()?;
    created.iter().for_each(|name| drop(workspace.reload(name)));
    Ok(created)
}

/// Writes tasks of a batch into a staging folder. Returns their names.
///
/// # Errors
/// If two tasks have the same name or the files cannot be written.
pub(crate) fn stage(
    workspace: &Workspace,
    staging: &mut Staging,
    batch: &BatchRecord,
    positions: &[u64],
) -> Result<Vec<TaskName>> {
    let mut staged = Vec::new();
    for part in batch.parts()? {
        let names = Names::new(&batch.base, batch.is_pattern.then_some(&part.grid), part.of)?;
        for position in
            positions.iter().filter(|position| (part.first..=part.of).contains(position))
        {
            let Some(config) = part.grid.nth(position - part.first) else { continue };
            let name = names.name(*position, &config)?;
            let info = task_info(workspace, TaskKind::Python, &name, batch, *position);
            staging.add(&info, &common::yaml::to_text(&config))?;
            staged.push(name);
        }
    }
    let different: HashSet<&TaskName> = staged.iter().collect();
    if different.len() < staged.len() {
        return Err(Error::invalid("Two tasks would have the same name."));
    }
    Ok(staged)
}

fn task_info(
    workspace: &Workspace,
    kind: TaskKind,
    name: &TaskName,
    record: &BatchRecord,
    position: u64,
) -> TaskInfo {
    let script = (kind == TaskKind::Python).then(|| workspace.info().script_path.clone());
    let mut info = TaskInfo::named(name.as_str());
    info.created_at.clone_from(&record.created_at);
    info.task_kind = kind;
    info.script = script;
    info.notes.clone_from(&record.notes);
    info.env.clone_from(&record.env);
    info.options.clone_from(&record.options);
    info.batch =
        (record.count > 1).then(|| BatchPosition { name: record.name.clone(), index: position });
    info
}

fn recent(workspace: &Workspace) -> Vec<Task> {
    let query = IndexQuery { limit: Some(MAX_RECENT), ..IndexQuery::default() };
    let newest = workspace.index.find(&Sorting::newest(), &query).entries;
    newest.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect()
}
