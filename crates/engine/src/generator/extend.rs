//! Extends a batch by new values of one parameter, combined with all values of the others.

use common::batches::{ExtendBatchRequest, ExtendBatchResponse};
use common::{BatchName, TaskName};

use super::create::stage;
use super::names::Names;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::batch::Staging;
use store::batch::{BatchRecord, ExtensionRecord, parse};
use store::settings::read_settings;
use store::{Error, Result};

/// Number of names in a preview.
const MAX_PREVIEW_NAMES: u64 = 6;

impl Engine {
    /// Adds values to a parameter of a batch. The new tasks are created from the same template, with the same notes,
    /// environment and options; all of them or none.
    ///
    /// # Errors
    /// If the batch or parameter does not exist, no value is new, a value has the wrong type, the batch would be too
    /// large, or a name is in use.
    pub fn extend_batch(
        &self,
        selector: &WorkspaceSelector,
        name: &BatchName,
        request: &ExtendBatchRequest,
    ) -> Result<ExtendBatchResponse> {
        let workspace = self.workspace_of(selector)?;
        let record = BatchRecord::read(&workspace.root, name)?;
        let (extended, values) = extended(&record, request)?;
        let count = extended.count - record.count;
        let max_tasks = read_settings(workspace.pyruns_dir()).max_batch_tasks;
        if extended.count > max_tasks {
            return Err(Error::invalid(format!(
                "This batch would have {} tasks; a batch may have at most {max_tasks} (setting max_batch_tasks).",
                extended.count
            )));
        }
        let task_names = match request.preview {
            true => first_names(&extended, count.min(MAX_PREVIEW_NAMES))?,
            false => create(&workspace, name, &record, &extended)?,
        };
        if request.run && !request.preview {
            let queued = self.enqueue_all(&workspace, &task_names, false);
            // Also after an error: the other tasks are queued.
            self.wake(&workspace);
            queued?;
        }
        Ok(ExtendBatchResponse { values, count, total: extended.count, task_names })
    }
}

/// The extended batch, and the number of new values.
fn extended(record: &BatchRecord, request: &ExtendBatchRequest) -> Result<(BatchRecord, u64)> {
    let template = record.template()?;
    let whole = parse(record.whole_text())?;
    let found = common::batch::extend(&whole, template.as_ref(), &request.key, &request.values)
        .map_err(|error| Error::invalid(error.to_string()))?;
    let yaml_text = common::yaml::to_text(&found.added);
    let grid = record.grid(&yaml_text)?;
    if let Some(template) = &template {
        grid.check_types(template).map_err(|error| Error::invalid(error.to_string()))?;
    }
    let count = grid.count();
    let whole_text = common::yaml::to_text(&found.whole);
    let mut extended = record.clone();
    extended.count = record.count.saturating_add(count);
    extended.extensions.push(ExtensionRecord { yaml_text, count, whole_text });
    Ok((extended, found.count))
}

fn first_names(extended: &BatchRecord, count: u64) -> Result<Vec<TaskName>> {
    let Some(part) = extended.parts()?.pop() else { return Ok(Vec::new()) };
    let pattern = extended.is_pattern.then_some(&part.grid);
    let names = Names::new(&extended.base, pattern, part.of)?;
    let name = |(position, config)| names.name(position, &config);
    (part.first..).zip(part.grid.configs()).take(count as usize).map(name).collect()
}

fn create(
    workspace: &Workspace,
    name: &BatchName,
    record: &BatchRecord,
    extended: &BatchRecord,
) -> Result<Vec<TaskName>> {
    let positions: Vec<u64> = (record.count + 1..=extended.count).collect();
    let mut staging = Staging::begin(workspace.tasks_dir(), positions.len() as u64)?;
    // The staging folder is a lock, so from here on no other process writes a batch of this workspace.
    if BatchRecord::read(&workspace.root, name)? != *record {
        return Err(Error::Conflict(format!("Batch '{name}' was extended meanwhile.")));
    }
    let names = stage(workspace, &mut staging, extended, &positions)?;
    staging.check_names()?;
    // The record is written before the tasks, because tasks without a record cannot be recreated.
    extended.save(&workspace.root)?;
    staging.commit()?;
    names.iter().for_each(|name| drop(workspace.reload(name)));
    Ok(names)
}
