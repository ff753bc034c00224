//! What the page must know before anything can be edited.

use common::argument::ScriptForm;
use common::workspace::{Template, TemplateContent, Workspace, WorkspaceKind};
use serde::{Deserialize, Serialize};

use super::api::{load_script_form, load_template, load_templates};
use crate::AppError;
use crate::state::overview::load_overview;

/// The workspace, its script's arguments, and the template that edits start from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Setup {
    /// The workspace that tasks are created in.
    pub workspace: Workspace,
    /// The script's arguments.
    pub form: ScriptForm,
    /// What can be started from.
    pub templates: Vec<Template>,
    /// What is started from; nothing in a shell workspace that has no tasks yet.
    pub template: Option<TemplateContent>,
}

impl Setup {
    /// Whether tasks are shell scripts here.
    pub(super) fn is_shell(&self) -> bool {
        self.workspace.workspace_kind == WorkspaceKind::Shell
    }

    /// The value of the template, or nothing.
    pub(super) fn template_value(&self) -> String {
        self.template.as_ref().map(|template| template.value.clone()).unwrap_or_default()
    }

    /// The text of the template, or nothing.
    pub(super) fn template_text(&self) -> &str {
        self.template.as_ref().map_or("", |template| template.content.as_str())
    }
}

/// Reads everything for a workspace and the template that the URL names.
///
/// Nothing, when no workspace is open.
pub(super) async fn load_setup(
    ws: Option<String>,
    template: Option<String>,
) -> Result<Option<Setup>, AppError> {
    let workspace = load_overview(ws.clone()).await?.workspace;
    if !workspace.workspace_ready {
        return Ok(None);
    }
    let templates = load_templates(ws.clone()).await?;
    let is_shell = workspace.workspace_kind == WorkspaceKind::Shell;
    // The script's defaults are the last template; a shell workspace has none and starts empty.
    let default = templates.last().filter(|_| !is_shell).map(|last| last.value.clone());
    let template = match template.or(default) {
        Some(value) => Some(load_template(ws.clone(), value).await?),
        None => None,
    };
    let form = if is_shell { ScriptForm::default() } else { load_script_form(ws).await? };
    Ok(Some(Setup { workspace, form, templates, template }))
}
