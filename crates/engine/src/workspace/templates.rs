//! Lists and searches the templates of new batches.

use common::workspace::{FoundTemplates, Template, TemplateList, WorkspaceKind};

use super::Workspace;
use crate::engine::{Engine, WorkspaceSelector};
use crate::index::{IndexQuery, Sorting};
use crate::task::SearchTerms;
use store::Result;

/// Maximum number of templates in a search result.
const MAX_TEMPLATES: usize = 100;

impl Engine {
    /// The workspace's tasks, newest first, then the script's defaults.
    ///
    /// # Errors
    /// If the workspace does not exist.
    pub fn templates(&self, selector: &WorkspaceSelector) -> Result<TemplateList> {
        let workspace = self.workspace_of(selector)?;
        Ok(TemplateList { items: self.template_list(&workspace, &IndexQuery::default()).items })
    }

    /// The newest tasks with a text in their names, notes, tags or parameters. For an empty text, the newest tasks,
    /// then the script's defaults. The number of results is limited.
    ///
    /// # Errors
    /// If the workspace does not exist.
    pub fn find_templates(
        &self,
        selector: &WorkspaceSelector,
        text: &str,
    ) -> Result<FoundTemplates> {
        let workspace = self.workspace_of(selector)?;
        let terms = Some(SearchTerms::new(text)).filter(|_| !text.trim().is_empty());
        let query = IndexQuery {
            terms: terms.as_ref(),
            limit: Some(MAX_TEMPLATES),
            ..IndexQuery::default()
        };
        Ok(self.template_list(&workspace, &query))
    }

    /// The YAML files beside the workspace's script, which can be templates, too.
    ///
    /// # Errors
    /// If the workspace or its script does not exist.
    pub fn config_templates(&self, selector: &WorkspaceSelector) -> Result<Vec<Template>> {
        let workspace = self.workspace_of(selector)?;
        let configs = self.list_configs(&workspace.info().script_path)?.items;
        let yaml = configs.into_iter().filter(|config| config.kind == "yaml");
        Ok(yaml.map(|config| Template { value: config.path, label: config.label }).collect())
    }

    /// The newest tasks that match a query, then the defaults.
    pub(crate) fn template_list(
        &self,
        workspace: &Workspace,
        query: &IndexQuery,
    ) -> FoundTemplates {
        let found = workspace.index.find(&Sorting::newest(), query);
        let has_more = found.total > found.entries.len() as u64;
        let mut items: Vec<Template> = found
            .entries
            .iter()
            .map(|entry| Template {
                value: format!("tasks/{}/{}", entry.name(), entry.summary.task_kind.config_file()),
                label: entry.name().to_string(),
            })
            .collect();
        let default = workspace.root.join("config_default.yaml");
        // The defaults are not part of search results.
        let wants_default = query.terms.is_none() && workspace.kind() == WorkspaceKind::Script;
        if wants_default && default.is_file() {
            items.push(Template {
                value: default.to_string_lossy().into_owned(),
                label: "config_default.yaml".to_owned(),
            });
        }
        FoundTemplates { items, has_more }
    }
}
