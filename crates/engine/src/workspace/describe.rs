//! Describes a workspace for clients.

use common::WorkspaceName;
use std::env;
use std::path::Path;

use common::workspace::{Workspace as WorkspaceView, WorkspaceKind};

use super::Workspace;
use crate::engine::{Engine, WorkspaceSelector};
use crate::index::IndexQuery;
use crate::system::disk_of;
use script::shell_runtime;
use store::Result;
use store::settings::read_settings;

/// Maximum number of templates in the description. [`templates`](Engine::templates) lists all.
const TEMPLATES: usize = 200;

impl Engine {
    /// The description of a workspace; with `workspace_ready: false` if none is open.
    ///
    /// # Errors
    /// If the named workspace does not exist.
    pub fn workspace(&self, selector: &WorkspaceSelector) -> Result<WorkspaceView> {
        match (selector, self.current()) {
            (WorkspaceSelector::Current, None) => Ok(self.no_workspace()),
            _ => {
                let workspace = self.workspace_of(selector)?;
                self.describe(&workspace)
            }
        }
    }

    /// Like [`workspace`](Self::workspace), with the values of secret variables in the settings.
    ///
    /// # Errors
    /// If the named workspace does not exist.
    pub fn reveal_workspace(&self, selector: &WorkspaceSelector) -> Result<WorkspaceView> {
        let mut view = self.workspace(selector)?;
        view.settings = read_settings(&Path::new(&view.project_root).join("_pyruns_"));
        Ok(view)
    }

    pub(crate) fn describe(&self, workspace: &Workspace) -> Result<WorkspaceView> {
        let settings = read_settings(workspace.pyruns_dir());
        let info = workspace.info();
        let working_root = match workspace.kind() {
            WorkspaceKind::Script => Path::new(&info.script_path).parent(),
            WorkspaceKind::Shell => Some(workspace.project_root()),
        };
        let name = workspace.name();
        let newest = IndexQuery { limit: Some(TEMPLATES), ..IndexQuery::default() };
        let project = self.project(workspace.pyruns_dir());
        let warnings = self.script_form(&WorkspaceSelector::Folder(workspace.root.clone()));
        Ok(WorkspaceView {
            run_root: text(&workspace.root),
            script_name: info.script_name.clone(),
            script_path: info.script_path.clone(),
            workspace_kind: workspace.kind(),
            workspace_ready: workspace.root.is_dir(),
            working_root: working_root.map(text).unwrap_or_default(),
            tasks_dir: text(workspace.tasks_dir()),
            project_root: text(workspace.project_root()),
            native_file_picker: native_file_picker(),
            shell_runtime: shell_runtime(&settings),
            disk: disk_of(workspace.pyruns_dir(), settings.min_free_disk_mb),
            settings: settings.masked(),
            templates: self.template_list(workspace, &newest).items,
            siblings: texts(project.names().into_iter().filter(|other| other != name)),
            name: name.to_string(),
            warnings: match warnings {
                Ok(form) => form.warnings,
                Err(error) => vec![error.to_string()],
            },
        })
    }

    fn no_workspace(&self) -> WorkspaceView {
        let pyruns_dir = self.current_pyruns_dir();
        let settings = read_settings(&pyruns_dir);
        let project_root = pyruns_dir.parent().unwrap_or(&pyruns_dir);
        WorkspaceView {
            working_root: text(project_root),
            project_root: text(project_root),
            native_file_picker: native_file_picker(),
            shell_runtime: shell_runtime(&settings),
            siblings: texts(self.project(&pyruns_dir).names()),
            disk: disk_of(&pyruns_dir, settings.min_free_disk_mb),
            settings: settings.masked(),
            ..WorkspaceView::default()
        }
    }
}

/// Whether the desktop's file picker is available: there are a display and zenity.
pub(crate) fn native_file_picker() -> bool {
    let display = env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some();
    display && script::interpreter::find("zenity").is_some()
}

fn texts(names: impl IntoIterator<Item = WorkspaceName>) -> Vec<String> {
    names.into_iter().map(String::from).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
