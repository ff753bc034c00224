//! Resolves the tasks that a command selects.

use std::collections::HashSet;

use common::runs::{RunsQuery, WhichRuns};
use common::selection::TaskSelector;
use common::{BatchName, TaskName, natural};
use globset::GlobBuilder;

use super::TaskEntry;
use crate::engine::{Engine, WorkspaceSelector};
use crate::workspace::Workspace;
use store::{Error, Result};

/// Names that differ from a mistyped one by more than this are not suggested.
const MAX_DISTANCE: usize = 3;

impl Engine {
    /// The names of the selected tasks, without duplicates, in the order of the selectors; tasks of a pattern or
    /// batch in natural order. A filter of the runs table narrows them; alone it selects from all tasks.
    ///
    /// # Errors
    /// If a task or batch does not exist, a pattern is invalid or matches no task, or the filter is invalid.
    pub fn select_tasks(
        &self,
        selector: &WorkspaceSelector,
        selectors: &[TaskSelector],
        filter: &str,
    ) -> Result<Vec<TaskName>> {
        let workspace = self.workspace_of(selector)?;
        let mut names = Vec::new();
        for task_selector in selectors {
            names.extend(selected(&workspace, task_selector)?);
        }
        if !filter.trim().is_empty() {
            let matching = self.matching(selector, filter)?;
            if selectors.is_empty() {
                names = matching;
            } else {
                let matching: HashSet<TaskName> = matching.into_iter().collect();
                names.retain(|name| matching.contains(name));
            }
        }
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        Ok(names)
    }

    /// The tasks whose newest run matches a filter, in the order of the list.
    fn matching(&self, selector: &WorkspaceSelector, filter: &str) -> Result<Vec<TaskName>> {
        let query = RunsQuery {
            filter: filter.to_owned(),
            runs: WhichRuns::Newest,
            columns: vec!["name".to_owned()],
            limit: 0,
            ..RunsQuery::default()
        };
        let page = self.runs(selector, &query)?;
        // Imported runs are not tasks.
        Ok(page.rows.iter().filter_map(|row| TaskName::of_folder(&row.task).ok()).collect())
    }
}

fn selected(workspace: &Workspace, selector: &TaskSelector) -> Result<Vec<TaskName>> {
    match selector {
        TaskSelector::Name(name) => match workspace.reload(name) {
            Some(entry) => Ok(vec![entry.name().clone()]),
            None => Err(unknown_task(workspace, name)),
        },
        TaskSelector::Glob(pattern) => {
            let glob = GlobBuilder::new(pattern).literal_separator(false).build();
            let matcher = glob
                .map_err(|error| Error::invalid(format!("{pattern}: {}", error.kind())))?
                .compile_matcher();
            let names = names_of(workspace, |entry| matcher.is_match(entry.name().as_str()));
            match names.is_empty() {
                true => Err(Error::NotFound(format!("No task matches '{pattern}'"))),
                false => Ok(names),
            }
        }
        TaskSelector::Batch(batch) => {
            let names = names_of(workspace, |entry| {
                entry.info.deserialize().batch.is_some_and(|it| is_batch(&it.name, batch))
            });
            match names.is_empty() {
                true => Err(Error::batch_not_found(batch)),
                false => Ok(names),
            }
        }
    }
}

/// Whether this is the batch's name, with or without the number of tasks: `sweep_of-4`, `sweep`.
fn is_batch(name: &str, wanted: &BatchName) -> bool {
    let rest = name.strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("_of-"))
}

fn names_of(workspace: &Workspace, matches: impl Fn(&TaskEntry) -> bool) -> Vec<TaskName> {
    let entries = workspace.index.all();
    let mut names: Vec<TaskName> =
        entries.iter().filter(|entry| matches(entry)).map(|entry| entry.name().clone()).collect();
    natural::sort_by_text(&mut names, TaskName::as_str);
    names
}

/// `Task 'x' not found`, with the most similar name.
fn unknown_task(workspace: &Workspace, name: &TaskName) -> Error {
    let entries = workspace.index.all();
    let distance = |entry: &TaskEntry| strsim::levenshtein(entry.name().as_str(), name.as_str());
    let nearest = entries.iter().map(|entry| (distance(entry), entry.name())).min();
    match nearest.filter(|(distance, _)| *distance <= MAX_DISTANCE.min(name.as_str().len() / 2)) {
        Some((_, near)) => {
            Error::NotFound(format!("Task '{name}' not found. Did you mean '{near}'?"))
        }
        None => Error::task_not_found(name),
    }
}
