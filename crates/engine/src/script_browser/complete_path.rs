//! What a path that is being typed may become.

use std::fs;
use std::path::{Path, PathBuf};

use common::launcher::PathCompletions;
use common::natural;

use crate::engine::Engine;
use store::Result;

/// The most that are told.
const MOST: usize = 50;

impl Engine {
    /// The folders and scripts that a path may go on with, as it was typed: absolute, with `~`, or
    /// relative to the starting folder.
    ///
    /// # Errors
    /// Never now; kept for symmetry with the other verbs of the launcher.
    pub fn complete_path(&self, path: &str) -> Result<PathCompletions> {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        Ok(complete(path.trim_start(), self.start_dir(), home.as_deref()))
    }
}

fn complete(typed: &str, start: &Path, home: Option<&Path>) -> PathCompletions {
    // What stands before the last slash is kept as it was typed.
    let (kept, begun) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(_, begun)| (&typed[..typed.len() - begun.len()], begun));
    let folder = match (kept.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => start.join(kept),
    };
    let mut items: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|item| {
            let name = item.file_name().to_str()?.to_owned();
            let is_wanted =
                name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
            let is_folder = is_wanted && item.path().is_dir();
            let is_script = name.ends_with(".py");
            (is_wanted && (is_folder || is_script))
                .then(|| format!("{kept}{name}{}", if is_folder { "/" } else { "" }))
        })
        .collect();
    let is_folder = |path: &String| path.ends_with('/');
    items.sort_by(|a, b| is_folder(a).cmp(&is_folder(b)).then_with(|| natural::compare(a, b)));
    let has_more = items.len() > MOST;
    items.truncate(MOST);
    PathCompletions { items, has_more }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_on_as_they_were_begun() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path();
        fs::create_dir_all(root.join("scripts/deep")).unwrap();
        fs::create_dir(root.join(".hidden")).unwrap();
        for file in ["train.py", "test.py", "notes.txt", "scripts/tune.py"] {
            fs::write(root.join(file), "").unwrap();
        }
        let told = |typed: &str| complete(typed, root, Some(root)).items;
        assert_eq!(told(""), ["test.py", "train.py", "scripts/"]);
        assert_eq!(told("t"), ["test.py", "train.py"]);
        assert_eq!(told("scripts/"), ["scripts/tune.py", "scripts/deep/"]);
        assert_eq!(told("~/tr"), ["~/train.py"]);
        assert_eq!(told(".h"), [".hidden/"]);
        let absolute = format!("{}/scripts/t", root.display());
        assert_eq!(told(&absolute), [format!("{absolute}une.py")]);
        assert!(told("nowhere/x").is_empty() && told("notes").is_empty());
    }
}
