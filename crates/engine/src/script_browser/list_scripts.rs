//! Lists the scripts that can be opened.

use std::fs;
use std::path::{Path, PathBuf};

use common::launcher::{ScriptEntry, ScriptList};
use common::natural;
use common::workspace::WorkspaceKind;

use crate::engine::Engine;
use crate::workspace::workspace_root;
use store::Result;
use store::script_info::{ScriptInfo, script_stem};

/// Maximum number of listed scripts.
const MAX_SCRIPTS: usize = 300;
/// Maximum depth of the search below the project's folder.
const MAX_DEPTH: usize = 3;
/// Folders without scripts of the user.
const SKIPPED: [&str; 8] =
    ["_pyruns_", "node_modules", "__pycache__", "site-packages", "venv", "env", "build", "target"];

impl Engine {
    /// Scripts that were opened before, then those found in the project's folder.
    ///
    /// # Errors
    /// None at present; the signature is that of the other lists.
    pub fn list_scripts(&self) -> Result<ScriptList> {
        let pyruns_dir = self.current_pyruns_dir();
        let project = pyruns_dir.parent().unwrap_or(&pyruns_dir);
        let mut items = Vec::new();
        for name in self.project(&pyruns_dir).names() {
            let root = pyruns_dir.join(name.as_str());
            let info = ScriptInfo::read(&root);
            if info.workspace_kind == WorkspaceKind::Script
                && Path::new(&info.script_path).is_file()
            {
                items.push(entry(Path::new(&info.script_path), project, &root, "workspace"));
            }
        }
        let mut found = Vec::new();
        collect(project, MAX_DEPTH, &mut found);
        found.sort_by(|a, b| natural::compare(&a.to_string_lossy(), &b.to_string_lossy()));
        for script in found {
            let path = script.to_string_lossy();
            if !items.iter().any(|item: &ScriptEntry| item.script_path == path) {
                items.push(entry(&script, project, &workspace_root(&script), "project"));
            }
        }
        Ok(ScriptList { items })
    }
}

fn entry(script: &Path, project: &Path, root: &Path, source: &str) -> ScriptEntry {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    ScriptEntry {
        script_path: text(script),
        script_name: script_stem(script),
        label: text(script.strip_prefix(project).unwrap_or(script)),
        workspace_path: text(root),
        source: source.to_owned(),
    }
}

fn collect(dir: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(listing) = fs::read_dir(dir) else {
        return;
    };
    for item in listing.flatten() {
        if found.len() >= MAX_SCRIPTS {
            return;
        }
        let name = item.file_name().to_string_lossy().into_owned();
        // Links are not followed, because they may lead out of the project or form cycles.
        let Ok(kind) = item.file_type() else { continue };
        if name.starts_with('.') || SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            collect(&item.path(), depth - 1, found);
        } else if kind.is_file() && name.ends_with(".py") && name != "__init__.py" {
            found.push(item.path());
        }
    }
}
