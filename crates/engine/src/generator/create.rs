//! `POST /api/generator/create`.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use common::generator::{CreateRequest, CreateResponse, Created};
use common::{Task, TaskKind, secret};

use super::input::{self, Input};
use super::names::{self, Names};
use super::progress::Progress;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::view::Detail;
use crate::task::{check_env, masked_without_value};
use crate::workspace::Workspace;
use store::batch::BatchRecord;
use store::batch::Staging;
use store::settings::read_settings;
use store::task::{BatchPosition, TaskInfo};
use store::{Error, Result, clock};

/// How many of the newest tasks the answer holds.
const RECENT: usize = 12;

/// The tasks of a new batch.
struct Made {
    workspace: Arc<Workspace>,
    kind: TaskKind,
    batch: Option<String>,
    names: Vec<String>,
}

impl Engine {
    /// Creates all tasks of a batch, or none.
    ///
    /// # Errors
    /// As a preview; also when a name is bad or taken, or the batch is larger than the setting allows.
    pub fn create(&self, pick: &Pick, request: &CreateRequest) -> Result<CreateResponse> {
        let Made { workspace, kind, names, .. } = self.make(pick, request)?;
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

    /// The same with a short answer, for batches of any size; perhaps puts all into the queue.
    ///
    /// # Errors
    /// As [`create`](Self::create); also when the tasks are there and cannot be queued.
    pub fn create_batch(&self, pick: &Pick, request: &CreateRequest, run: bool) -> Result<Created> {
        let Made { workspace, batch, names, .. } = self.make(pick, request)?;
        if run {
            let queued = self.enqueue_all(&workspace, &names, false);
            // Also where one could not be written: the others are queued.
            self.wake(&workspace);
            queued?;
        }
        let count = names.len() as u64;
        Ok(Created { count, batch, first: names.into_iter().next().unwrap_or_default() })
    }

    fn make(&self, pick: &Pick, request: &CreateRequest) -> Result<Made> {
        let workspace = self.pick(pick)?;
        check_env(&request.env)?;
        secret::unmask(&mut request.env.clone(), &BTreeMap::new())
            .map_err(|name| masked_without_value(&name))?;
        if let Err((field, reason)) = request.options.check() {
            return Err(Error::invalid(format!("options.{field}: {reason}.")));
        }
        let input = input::read(&workspace, &request.preview)?;
        let count = input.count();
        let most = read_settings(workspace.pyruns_dir()).max_batch_tasks;
        if count > most {
            return Err(Error::invalid(format!(
                "This batch has {count} tasks; at most {most} may be created at once (setting max_batch_tasks)."
            )));
        }
        let record = record(&workspace, request, count)?;
        let names = write(self, &workspace, &input, &record)?;
        let batch = (count > 1).then_some(record.name);
        Ok(Made { kind: input.kind(), workspace, batch, names })
    }
}

/// What is noted of a batch: enough to make each of its tasks again.
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
) -> Result<Vec<String>> {
    let mut progress = Progress::new(engine.bus(), workspace.name(), record.count);
    let mut staging = Staging::begin(&workspace.tasks_dir(), record.count)?;
    let mut names = Vec::new();
    match input {
        Input::Script(text) => {
            let pattern = Names::new(&record.base, None, 1)?;
            let name = pattern.name(1, &serde_yaml::Mapping::new())?.to_string();
            staging.add(&task_info(workspace, input.kind(), &name, record, 1), text)?;
            names.push(name);
        }
        Input::Grid(grid) => {
            let pattern = record.is_pattern.then_some(grid);
            let pattern = Names::new(&record.base, pattern, record.count)?;
            let mut taken = HashSet::new();
            for (place, config) in (1..).zip(grid.configs()) {
                let name = pattern.name(place, &config)?.to_string();
                if record.is_pattern && !taken.insert(name.clone()) {
                    return Err(Error::invalid(format!(
                        "Two tasks of this batch would be called '{name}'; add {{#}} to the name."
                    )));
                }
                let info = task_info(workspace, input.kind(), &name, record, place);
                staging.add(&info, &common::yaml::to_text(&config))?;
                names.push(name);
                progress.written(place);
            }
        }
    }
    // Before its tasks: a batch without tasks does no harm, tasks of an unknown batch cannot be
    // made again. A name that is taken shows before either.
    staging.check_names()?;
    if record.count > 1 {
        record.save(&workspace.root)?;
    }
    staging.commit()?;
    for (place, name) in (1..).zip(&names) {
        workspace.reload(name);
        progress.listed(place);
    }
    Ok(names)
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
    let mut staging = Staging::begin(&workspace.tasks_dir(), places.len() as u64)?;
    let created = stage(workspace, &mut staging, batch, places)?;
    staging.commit()?;
    created.iter().for_each(|name| drop(workspace.reload(name)));
    Ok(created)
}

/// Writes tasks of a batch into a staging folder; their names.
///
/// # Errors
/// When two have the same name, or the disk refuses.
pub(crate) fn stage(
    workspace: &Workspace,
    staging: &mut Staging,
    batch: &BatchRecord,
    places: &[u64],
) -> Result<Vec<String>> {
    let mut staged = Vec::new();
    for part in batch.parts()? {
        let names = Names::new(&batch.base, batch.is_pattern.then_some(&part.grid), part.of)?;
        for place in places.iter().filter(|place| (part.first..=part.of).contains(place)) {
            let Some(config) = part.grid.nth(place - part.first) else { continue };
            let name = names.name(*place, &config)?.to_string();
            let info = task_info(workspace, TaskKind::Python, &name, batch, *place);
            staging.add(&info, &common::yaml::to_text(&config))?;
            staged.push(name);
        }
    }
    let different: HashSet<&String> = staged.iter().collect();
    if different.len() < staged.len() {
        return Err(Error::invalid("Two tasks would have the same name."));
    }
    Ok(staged)
}

fn task_info(
    workspace: &Workspace,
    kind: TaskKind,
    name: &str,
    record: &BatchRecord,
    place: u64,
) -> TaskInfo {
    let script = (kind == TaskKind::Python).then(|| workspace.info().script_path.clone());
    let mut info = TaskInfo::named(name);
    info.created_at.clone_from(&record.created_at);
    info.task_kind = kind;
    info.script = script;
    info.notes.clone_from(&record.notes);
    info.env.clone_from(&record.env);
    info.options.clone_from(&record.options);
    info.batch = (record.count > 1).then(|| BatchPosition { name: record.name.clone(), index: place });
    info
}

fn recent(workspace: &Workspace) -> Vec<Task> {
    let wanted = Wanted { limit: Some(RECENT), ..Wanted::default() };
    let newest = workspace.index.find(&Sorting::newest(), &wanted).entries;
    newest.iter().map(|entry| workspace.view(entry, Detail::Compact)).collect()
}
