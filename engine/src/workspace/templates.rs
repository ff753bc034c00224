//! `GET /api/templates`: what a new batch may start from.

use common::workspace::{Template, TemplateList, WorkspaceKind};

use super::Workspace;
use crate::Result;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};

impl Engine {
    /// The workspace's tasks, newest first, then the script's defaults.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn templates(&self, pick: &Pick) -> Result<TemplateList> {
        let workspace = self.pick(pick)?;
        Ok(TemplateList { items: self.template_list(&workspace, None) })
    }

    /// The YAML files beside the workspace's script, which a batch may start from, too.
    ///
    /// # Errors
    /// When there is no such workspace, or its script is gone.
    pub fn config_templates(&self, pick: &Pick) -> Result<Vec<Template>> {
        let workspace = self.pick(pick)?;
        let configs = self.list_configs(&workspace.info().script_path)?.items;
        let yaml = configs.into_iter().filter(|config| config.kind == "yaml");
        Ok(yaml.map(|config| Template { value: config.path, label: config.label }).collect())
    }

    /// As many of the newest tasks as are wanted, then the defaults.
    pub(crate) fn template_list(
        &self,
        workspace: &Workspace,
        limit: Option<usize>,
    ) -> Vec<Template> {
        let wanted = Wanted { limit, ..Wanted::default() };
        let entries = workspace.index.find(&Sorting::newest(), &wanted).entries;
        let mut items: Vec<Template> = entries
            .iter()
            .map(|entry| Template {
                value: format!("tasks/{}/{}", entry.name(), entry.brief.task_kind.config_file()),
                label: entry.name().to_owned(),
            })
            .collect();
        let default = workspace.root.join("config_default.yaml");
        if workspace.kind() == WorkspaceKind::Script && default.is_file() {
            items.push(Template {
                value: default.to_string_lossy().into_owned(),
                label: "config_default.yaml".to_owned(),
            });
        }
        items
    }
}
