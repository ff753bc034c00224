//! `POST /api/batches/{name}/extend`: more values of one parameter, with all values of the others.

use common::batches::{ExtendBatchRequest, ExtendBatchResponse};

use super::create::stage;
use super::names::Names;
use crate::engine::{Engine, Pick};
use crate::workspace::Workspace;
use store::batch::Staging;
use store::batch::{BatchRecord, ExtensionRecord, parse};
use store::settings::read_settings;
use store::{Error, Result};

/// How many names a preview holds.
const SHOWN: u64 = 6;

impl Engine {
    /// Adds values to a parameter of a batch: the missing tasks are created from the same template, with the
    /// same notes, environment and options. All of them or none.
    ///
    /// # Errors
    /// When there is no such batch or parameter, no value is new, a value has the wrong type, the batch
    /// would be too large, or a name is taken.
    pub fn extend_batch(
        &self,
        pick: &Pick,
        name: &str,
        request: &ExtendBatchRequest,
    ) -> Result<ExtendBatchResponse> {
        let workspace = self.pick(pick)?;
        let record = BatchRecord::read(&workspace.root, name)?;
        let (extended, values) = extended(&record, request)?;
        let count = extended.count - record.count;
        let most = read_settings(workspace.pyruns_dir()).max_batch_tasks;
        if extended.count > most {
            return Err(Error::invalid(format!(
                "This batch would have {} tasks; a batch may have at most {most} (setting max_batch_tasks).",
                extended.count
            )));
        }
        let task_names = match request.preview {
            true => first_names(&extended, count.min(SHOWN))?,
            false => create(&workspace, name, &record, &extended)?,
        };
        if request.run && !request.preview {
            let queued = self.enqueue_all(&workspace, &task_names, false);
            // Also where one could not be written: the others are queued.
            self.wake(&workspace);
            queued?;
        }
        Ok(ExtendBatchResponse { values, count, total: extended.count, task_names })
    }
}

/// The batch with the new values, and how many those are.
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

fn first_names(extended: &BatchRecord, count: u64) -> Result<Vec<String>> {
    let Some(part) = extended.parts()?.pop() else { return Ok(Vec::new()) };
    let pattern = extended.is_pattern.then_some(&part.grid);
    let names = Names::new(&extended.base, pattern, part.of)?;
    let name = |(place, config)| Ok(names.name(place, &config)?.to_string());
    (part.first..).zip(part.grid.configs()).take(count as usize).map(name).collect()
}

fn create(
    workspace: &Workspace,
    name: &str,
    record: &BatchRecord,
    extended: &BatchRecord,
) -> Result<Vec<String>> {
    let places: Vec<u64> = (record.count + 1..=extended.count).collect();
    let mut staging = Staging::begin(&workspace.tasks_dir(), places.len() as u64)?;
    // From here on nobody else writes a batch of this workspace.
    if BatchRecord::read(&workspace.root, name)? != *record {
        return Err(Error::Conflict(format!("Batch '{name}' was extended meanwhile.")));
    }
    let names = stage(workspace, &mut staging, extended, &places)?;
    staging.check_names()?;
    // Before its tasks: those of an unknown extension could not be made again.
    extended.save(&workspace.root)?;
    staging.commit()?;
    names.iter().for_each(|name| drop(workspace.reload(name)));
    Ok(names)
}
