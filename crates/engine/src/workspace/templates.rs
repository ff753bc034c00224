//! `GET /api/templates`: what a new batch may start from.

use common::workspace::{FoundTemplates, Template, TemplateList, WorkspaceKind};

use super::Workspace;
use crate::engine::{Engine, Pick};
use crate::index::{Sorting, Wanted};
use crate::task::Needles;
use store::Result;

/// As many as a list may have for people to choose from.
const MOST: usize = 100;

impl Engine {
    /// The workspace's tasks, newest first, then the script's defaults.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn templates(&self, pick: &Pick) -> Result<TemplateList> {
        let workspace = self.pick(pick)?;
        Ok(TemplateList { items: self.template_list(&workspace, &Wanted::default()).items })
    }

    /// The newest tasks that hold a text in their names, notes, tags or parameters; for no
    /// text, the newest of all, then the script's defaults. At most as many as people choose from.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn find_templates(&self, pick: &Pick, text: &str) -> Result<FoundTemplates> {
        let workspace = self.pick(pick)?;
        let needles = Some(Needles::new(text)).filter(|_| !text.trim().is_empty());
        let wanted = Wanted { needles: needles.as_ref(), limit: Some(MOST), ..Wanted::default() };
        Ok(self.template_list(&workspace, &wanted))
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

    /// Those of the newest tasks that are wanted, then the defaults.
    pub(crate) fn template_list(&self, workspace: &Workspace, wanted: &Wanted) -> FoundTemplates {
        let found = workspace.index.find(&Sorting::newest(), wanted);
        let has_more = found.total > found.entries.len() as u64;
        let mut items: Vec<Template> = found
            .entries
            .iter()
            .map(|entry| Template {
                value: format!("tasks/{}/{}", entry.name(), entry.brief.task_kind.config_file()),
                label: entry.name().to_owned(),
            })
            .collect();
        let default = workspace.root.join("config_default.yaml");
        // No search finds them: they are always on the list.
        let wants_default = wanted.needles.is_none() && workspace.kind() == WorkspaceKind::Script;
        if wants_default && default.is_file() {
            items.push(Template {
                value: default.to_string_lossy().into_owned(),
                label: "config_default.yaml".to_owned(),
            });
        }
        FoundTemplates { items, has_more }
    }
}
