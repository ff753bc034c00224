//! Lists the workspaces of the project.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use common::launcher::{WorkspaceEntry, WorkspaceList};
use common::natural;
use common::workspace::WorkspaceKind;

use crate::engine::Engine;
use store::Result;
use store::script_info::ScriptInfo;

impl Engine {
    /// The workspaces of the project, most recently changed first.
    ///
    /// # Errors
    /// None at present; the signature is that of the other lists.
    pub fn list_workspaces(&self) -> Result<WorkspaceList> {
        let pyruns_dir = self.current_pyruns_dir();
        let mut dated: Vec<(SystemTime, WorkspaceEntry)> = self
            .project(&pyruns_dir)
            .names()
            .into_iter()
            .map(|name| entry(&pyruns_dir.join(name.as_str())))
            .collect();
        dated.sort_by(|a, b| {
            b.0.cmp(&a.0).then_with(|| natural::compare(&a.1.workspace_path, &b.1.workspace_path))
        });
        Ok(WorkspaceList { items: dated.into_iter().map(|(_, entry)| entry).collect() })
    }
}

fn entry(root: &Path) -> (SystemTime, WorkspaceEntry) {
    let info = ScriptInfo::read(root);
    let default = root.join("config_default.yaml");
    let has_default = default.is_file();
    let changed = fs::metadata(root.join("tasks")).and_then(|meta| meta.modified());
    let is_shell = info.workspace_kind == WorkspaceKind::Shell;
    let entry = WorkspaceEntry {
        workspace_path: root.to_string_lossy().into_owned(),
        exists: is_shell || Path::new(&info.script_path).is_file(),
        script_path: info.script_path,
        script_name: info.script_name,
        config_path: if has_default {
            default.to_string_lossy().into_owned()
        } else {
            String::new()
        },
        config_name: if has_default { "config_default.yaml".to_owned() } else { String::new() },
    };
    (changed.unwrap_or(SystemTime::UNIX_EPOCH), entry)
}
