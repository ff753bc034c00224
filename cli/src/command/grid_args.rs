//! The arguments that describe new tasks: parameters with several values, and names.

use std::path::Path;

use clap::Args;
use common::form::Form;
use common::generator::{CreateRequest, Mode, PreviewRequest};
use common::selection::TaskSelector;
use common::workspace::WorkspaceKind;
use engine::{Engine, WorkspaceSelector};
use serde_yaml::Mapping;

use super::failure::Failure;
use super::grid_form::{form_of, set_fields};

/// The file of a workspace's default values.
const DEFAULTS: &str = "config_default.yaml";

/// `--set KEY=VALUES … -n NAME`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(crate) struct GridArgs {
    /// Values of a parameter, as in the form: `lr='0.1 | 0.01'`, `seed=1:5`.
    #[arg(long, value_name = "KEY=VALUES", help_heading = "New tasks")]
    set: Vec<String>,
    /// Start from the parameters of this task instead of the workspace's default values.
    #[arg(long, value_name = "TASK", help_heading = "New tasks")]
    from: Option<String>,
    /// The beginning of the names; default: `task` and the time.
    #[arg(short = 'n', long, value_name = "PREFIX", help_heading = "New tasks")]
    name: Option<String>,
    /// Names made from values: `'{lr}-{seed}'`; `{#}` is the position in the batch.
    #[arg(long, value_name = "PATTERN", conflicts_with = "name", help_heading = "New tasks")]
    pattern: Option<String>,
    /// Append the time to the names.
    #[arg(long, help_heading = "New tasks")]
    timestamp: bool,
    /// Create only the combinations that fulfil a condition: `optimizer == sgd and lr < 0.1`.
    #[arg(long, value_name = "CONDITION", help_heading = "New tasks")]
    when: Option<String>,
    /// Print the number of tasks and the first of them, and create nothing.
    #[arg(long, help_heading = "New tasks")]
    pub(crate) dry_run: bool,
}

/// The request for new tasks, and the template whose types their values have.
pub(crate) struct NewTasks {
    pub(crate) request: CreateRequest,
    pub(crate) template: Option<Mapping>,
}

impl GridArgs {
    /// Whether one of the arguments is given.
    pub(crate) fn is_given(&self) -> bool {
        *self != Self::default()
    }

    /// Whether the arguments alone describe new tasks, without a grid file.
    pub(crate) fn describes_tasks(&self) -> bool {
        !self.set.is_empty() || self.from.is_some()
    }

    /// The request that creates the tasks of a grid file, or of the arguments alone.
    ///
    /// # Errors
    /// If the file or the task does not exist, or a parameter of `--set` is unknown.
    pub(crate) fn new_tasks(
        &self,
        engine: &Engine,
        workspace: &WorkspaceSelector,
        grid_file: Option<&Path>,
    ) -> Result<NewTasks, Failure> {
        if engine.workspace(workspace)?.workspace_kind == WorkspaceKind::Shell {
            return Err(Failure::refused(
                "The shell workspace has no parameters. `pyr exec` records a command; `-w train.py` names a script.",
            ));
        }
        if self.from.is_some() && grid_file.is_some() {
            return Err(Failure::refused(
                "--from takes the parameters of a task: change them with --set, not with a grid file.",
            ));
        }
        let (template_value, template) = self.template(engine, workspace)?;
        let script = engine.script_form(workspace).unwrap_or_default();
        let values = template.clone().unwrap_or_default();
        let mut form = match self.from {
            Some(_) => Form::of_task(&values, Some(&script)),
            None => form_of(&values, grid_file.map(read).transpose()?, &script),
        };
        set_fields(&mut form, &self.set)?;
        let preview = PreviewRequest {
            mode: Mode::Form,
            yaml_text: form.to_yaml(),
            template_value,
            when: self.when.clone().unwrap_or_default(),
            ..PreviewRequest::default()
        };
        let request = CreateRequest {
            preview,
            name_prefix: self.name.clone().unwrap_or_default(),
            name_pattern: self.pattern.clone().unwrap_or_default(),
            // Without a name, the time distinguishes the tasks.
            append_timestamp: self.timestamp || (self.name.is_none() && self.pattern.is_none()),
            ..CreateRequest::default()
        };
        Ok(NewTasks { request, template })
    }

    /// The template, as requests name it, and its values; nothing if the workspace has no default values.
    fn template(
        &self,
        engine: &Engine,
        workspace: &WorkspaceSelector,
    ) -> Result<(String, Option<Mapping>), Failure> {
        let value = match &self.from {
            None => DEFAULTS.to_owned(),
            Some(task) => {
                let name = engine::requested_name(task)?;
                engine.select_tasks(workspace, &[TaskSelector::Name(name.clone())], "")?;
                format!("tasks/{name}/config.yaml")
            }
        };
        match engine.template_content(workspace, &value) {
            Ok(content) => Ok((value, Some(common::yaml::parse_mapping(&content.content)?))),
            Err(engine::Error::NotFound(_)) if self.from.is_none() => Ok((String::new(), None)),
            Err(error) => Err(error.into()),
        }
    }
}

fn read(grid_file: &Path) -> Result<Mapping, Failure> {
    let path = grid_file.display();
    let text = std::fs::read_to_string(grid_file)
        .map_err(|error| Failure::not_found(format!("reading {path}: {error}")))?;
    common::yaml::parse_mapping(&text)
        .map_err(|error| Failure::refused(format!("reading {path}: {error}")))
}
