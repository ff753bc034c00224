//! The data that the page needs before anything can be edited.

use common::argument::ScriptForm;
use common::form::Form;
use common::workspace::{Template, TemplateContent, Workspace, WorkspaceKind};
use common::yaml;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;

use super::api::{load_configs, load_script_form, load_template, load_templates, load_workspace};
use crate::AppError;

/// The workspace, the script's arguments, and the template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Setup {
    /// The workspace of the new tasks.
    pub workspace: Workspace,
    /// The script's arguments.
    pub form: ScriptForm,
    /// The templates: the newest tasks and the defaults.
    pub templates: Vec<Template>,
    /// Whether there are more tasks than listed.
    pub more_templates: bool,
    /// YAML files beside the script, which are templates as well.
    pub configs: Vec<Template>,
    /// The selected template; `None` in a shell workspace without tasks.
    pub template: Option<TemplateContent>,
}

impl Setup {
    /// Whether tasks of this workspace are shell scripts.
    pub(super) fn is_shell(&self) -> bool {
        self.workspace.workspace_kind == WorkspaceKind::Shell
    }

    /// The value of the template, or empty.
    pub(super) fn template_value(&self) -> String {
        self.template.as_ref().map(|template| template.value.clone()).unwrap_or_default()
    }

    /// The text of the template, or empty.
    pub(super) fn template_text(&self) -> &str {
        self.template.as_ref().map_or("", |template| template.content.as_str())
    }

    /// The form of a configuration compared with the template, or of the template itself.
    pub(super) fn form_of(&self, config: Option<&Mapping>) -> Form {
        let template = match self.is_shell() {
            true => Mapping::new(),
            false => yaml::parse_mapping(self.template_text()).unwrap_or_default(),
        };
        let is_task = self.template.as_ref().is_some_and(|template| template.read_only);
        match config {
            Some(config) => Form::over(config, &template, Some(&self.form)),
            None if is_task => Form::of_task(&template, Some(&self.form)),
            None => Form::new(&template, Some(&self.form)),
        }
    }
}

/// Fetches the data for a workspace and the template named in the URL.
///
/// `None` if no workspace is open.
pub(super) async fn load_setup(
    ws: Option<String>,
    template: Option<String>,
) -> Result<Option<Setup>, AppError> {
    let workspace = load_workspace(ws.clone()).await?;
    if !workspace.workspace_ready {
        return Ok(None);
    }
    let found = load_templates(ws.clone(), String::new()).await?;
    let (templates, more_templates) = (found.items, found.has_more);
    let is_shell = workspace.workspace_kind == WorkspaceKind::Shell;
    // The script's defaults are the last template; a shell workspace has none and starts empty.
    let default = templates.last().filter(|_| !is_shell).map(|last| last.value.clone());
    let template = match template.or(default) {
        Some(value) => Some(load_template(ws.clone(), value).await?),
        None => None,
    };
    let (form, configs) = match is_shell {
        true => Default::default(),
        // If the script was moved, there are no config files; its tasks can still be viewed.
        false => (load_script_form(ws.clone()).await?, load_configs(ws).await.unwrap_or_default()),
    };
    Ok(Some(Setup { workspace, form, templates, more_templates, configs, template }))
}
