//! Completes a partially typed path.

use std::fs;
use std::path::{Path, PathBuf};

use common::launcher::PathCompletions;
use common::natural;

use crate::engine::Engine;
use store::Result;

/// Maximum number of completions.
const MAX_COMPLETIONS: usize = 50;

impl Engine {
    /// The folders and scripts that complete a path, in the form in which it was typed: absolute, with `~`, or
    /// relative to the start folder.
    ///
    /// # Errors
    /// None at present; the signature is that of the other launcher commands.
    pub fn complete_path(&self, path: &str) -> Result<PathCompletions> {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        Ok(complete(path.trim_start(), self.start_dir(), home.as_deref()))
    }
}

fn complete(typed: &str, start: &Path, home: Option<&Path>) -> PathCompletions {
    // The text before the last slash is not changed.
    let (prefix, partial) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(_, partial)| (&typed[..typed.len() - partial.len()], partial));
    let folder = match (prefix.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => start.join(prefix),
    };
    let mut items: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|item| {
            let name = item.file_name().to_str()?.to_owned();
            let is_wanted =
                name.starts_with(partial) && (partial.starts_with('.') || !name.starts_with('.'));
            let is_folder = is_wanted && item.path().is_dir();
            let is_script = name.ends_with(".py");
            (is_wanted && (is_folder || is_script))
                .then(|| format!("{prefix}{name}{}", if is_folder { "/" } else { "" }))
        })
        .collect();
    let is_folder = |path: &String| path.ends_with('/');
    items.sort_by(|a, b| is_folder(a).cmp(&is_folder(b)).then_with(|| natural::compare(a, b)));
    let has_more = items.len() > MAX_COMPLETIONS;
    items.truncate(MAX_COMPLETIONS);
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
        let items = |typed: &str| complete(typed, root, Some(root)).items;
        assert_eq!(items(""), ["test.py", "train.py", "scripts/"]);
        assert_eq!(items("t"), ["test.py", "train.py"]);
        assert_eq!(items("scripts/"), ["scripts/tune.py", "scripts/deep/"]);
        assert_eq!(items("~/tr"), ["~/train.py"]);
        assert_eq!(items(".h"), [".hidden/"]);
        let absolute = format!("{}/scripts/t", root.display());
        assert_eq!(items(&absolute), [format!("{absolute}une.py")]);
        assert!(items("nowhere/x").is_empty() && items("notes").is_empty());
    }
}
