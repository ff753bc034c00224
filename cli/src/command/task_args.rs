//! The tasks that a command is applied to.

use std::io::{self, BufRead};

use clap::Args;
use common::TaskName;
use common::selection::TaskSelector;
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;

/// `TASK… [--filter QUERY]`
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct TaskArgs {
    /// Names, patterns in quotes (`'sweep_*'`), batches (`@sweep`), or `-` for names on standard input.
    #[arg(value_name = "TASK")]
    pub(crate) tasks: Vec<String>,
    /// Select the tasks whose newest run matches: `status = failed and lr < 0.1`.
    #[arg(long, value_name = "QUERY", default_value = "")]
    pub(crate) filter: String,
}

impl TaskArgs {
    /// The names of the selected tasks.
    ///
    /// # Errors
    /// If nothing is selected, or a named task or batch does not exist.
    pub(crate) fn resolve(
        &self,
        engine: &Engine,
        workspace: &WorkspaceSelector,
    ) -> Result<Vec<TaskName>, Failure> {
        if self.tasks.is_empty() && self.filter.trim().is_empty() {
            return Err(Failure::refused(
                "Name the tasks: names, a pattern in quotes, @BATCH, - for standard input, or --filter QUERY.",
            ));
        }
        let mut selectors = Vec::new();
        for text in self.texts()? {
            let parsed = TaskSelector::parse(&text);
            selectors
                .push(parsed.map_err(|_| Failure::not_found(format!("Task '{text}' not found")))?);
        }
        let names = engine.select_tasks(workspace, &selectors, &self.filter)?;
        match names.is_empty() {
            true => Err(Failure::not_found("No task matches.")),
            false => Ok(names),
        }
    }

    /// The named tasks, with those on standard input.
    fn texts(&self) -> Result<Vec<String>, Failure> {
        let mut texts = Vec::new();
        for text in &self.tasks {
            if text == "-" {
                let lines = io::stdin().lock().lines().collect::<io::Result<Vec<String>>>()?;
                texts.extend(lines.into_iter().filter(|line| !line.trim().is_empty()));
            } else {
                texts.push(text.clone());
            }
        }
        Ok(texts)
    }
}
