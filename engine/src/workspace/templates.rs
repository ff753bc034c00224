//! `GET /api/templates`: what a new batch may start from.

use common::workspace::{Template, TemplateList, WorkspaceKind};

use super::Workspace;
use crate::Result;
use crate::engine::{Engine, Pick};

impl Engine {
    /// The workspace's tasks, newest first, then the script's defaults.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn templates(&self, pick: &Pick) -> Result<TemplateList> {
        let workspace = self.pick(pick)?;
        Ok(TemplateList { items: self.template_list(&workspace) })
    }

    pub(crate) fn template_list(&self, workspace: &Workspace) -> Vec<Template> {
        let mut entries = workspace.index.all();
        entries.sort_by(|a, b| {
            let key = |entry: &crate::task::TaskEntry| entry.info.created_at.clone();
            key(b).cmp(&key(a)).then_with(|| a.info.name.cmp(&b.info.name))
        });
        let mut items: Vec<Template> = entries
            .iter()
            .map(|entry| Template {
                value: format!("tasks/{}/{}", entry.info.name, entry.info.task_kind.config_file()),
                label: entry.info.name.clone(),
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
