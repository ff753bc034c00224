//! The options of new tasks.

use std::collections::BTreeMap;

use clap::Args;
use common::TaskName;
use common::generator::CreateRequest;
use common::selection::TaskSelector;
use common::task::TagsRequest;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::task_change::change_each;

/// `--gpus N --cpus N …`
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub(crate) struct TaskOptionArgs {
    /// Number of GPUs of a run.
    #[arg(long, value_name = "NUMBER", help_heading = "Options of new tasks")]
    gpus: Option<u32>,
    /// CPU slots that a run takes of the project's.
    #[arg(long, value_name = "NUMBER", help_heading = "Options of new tasks")]
    cpus: Option<u32>,
    /// End a run after this time.
    #[arg(long, value_name = "SECONDS", help_heading = "Options of new tasks")]
    timeout: Option<f64>,
    /// How often a failed run is tried again.
    #[arg(long, value_name = "NUMBER", help_heading = "Options of new tasks")]
    retries: Option<u32>,
    /// Tasks with a higher priority start first.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[arg(help_heading = "Options of new tasks")]
    priority: Option<i32>,
    /// Start after these tasks have completed: names, patterns in quotes, or batches (`@sweep`).
    #[arg(long, value_name = "TASKS", value_delimiter = ',')]
    #[arg(help_heading = "Options of new tasks")]
    after: Vec<String>,
    /// Set an environment variable of the runs.
    #[arg(long, value_name = "NAME=VALUE", help_heading = "Options of new tasks")]
    env: Vec<String>,
    /// Notes of the tasks.
    #[arg(long, value_name = "TEXT", help_heading = "Options of new tasks")]
    notes: Option<String>,
    /// Tags of the tasks.
    #[arg(long, value_name = "TAGS", value_delimiter = ',', help_heading = "Options of new tasks")]
    tag: Vec<String>,
}

impl TaskOptionArgs {
    /// Whether an option is given.
    pub(crate) fn is_given(&self) -> bool {
        *self != Self::default()
    }

    /// Adds the options to the request that creates the tasks.
    ///
    /// # Errors
    /// If a task of `--after` does not exist, or a variable has no value.
    pub(crate) fn add_to(
        &self,
        request: &mut CreateRequest,
        engine: &Engine,
        workspace: &WorkspaceSelector,
    ) -> Result<(), Failure> {
        request.notes = self.notes.clone().unwrap_or_default();
        request.env = variables(&self.env)?;
        let options = &mut request.options;
        options.gpus = self.gpus.unwrap_or_default();
        options.cpus = self.cpus.unwrap_or_default();
        options.timeout_s = self.timeout;
        options.retry.count = self.retries.unwrap_or_default();
        options.priority = self.priority.unwrap_or_default();
        let selector = |text: &String| {
            let not_found = |_| Failure::not_found(format!("--after: task '{text}' not found"));
            TaskSelector::parse(text).map_err(not_found)
        };
        let selectors = self.after.iter().map(selector).collect::<Result<Vec<_>, _>>()?;
        let after = engine.select_tasks(workspace, &selectors, "")?;
        options.after = after.into_iter().map(String::from).collect();
        Ok(())
    }

    /// Sets the tags of created tasks.
    ///
    /// # Errors
    /// If a tag is invalid.
    pub(crate) fn set_tags(
        &self,
        engine: &Engine,
        workspace: &WorkspaceSelector,
        names: &[TaskName],
    ) -> Result<(), Failure> {
        if self.tag.is_empty() {
            return Ok(());
        }
        let request = TagsRequest { tags: self.tag.clone(), expected_tags: None };
        change_each(engine, workspace, names, |engine, workspace, name| {
            engine.set_tags(workspace, name, &request)
        })
    }
}

fn variables(arguments: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Failure::refused(format!("--env {text}: write NAME=VALUE"))),
    };
    arguments.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_contain_an_equals_sign() {
        let found = variables(&["A=1".to_owned(), "FLAGS=-x=2".to_owned(), "B=".to_owned()]);
        let wanted = [("A", "1"), ("B", ""), ("FLAGS", "-x=2")];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(found.unwrap(), BTreeMap::from(wanted));
        assert!(variables(&["A".to_owned()]).unwrap_err().to_string().contains("NAME=VALUE"));
    }
}
