//! Checks whether a path can be opened.

use std::fs;
use std::path::{Path, PathBuf};

use common::launcher::PathCheck;

use crate::engine::Engine;
use store::{Error, Result};

impl Engine {
    /// Whether a path can be opened as a script, a config or a shell root.
    ///
    /// # Errors
    /// If the kind is not `python`, `shell` or `config`.
    pub fn validate_path(&self, kind: &str, path: &str) -> Result<PathCheck> {
        let normalized = self.normalize(path.trim());
        let path_type = match fs::metadata(&normalized) {
            Ok(meta) if meta.is_dir() => "directory",
            Ok(_) => "file",
            Err(_) => "missing",
        };
        let has_ending = |endings: &[&str]| {
            normalized.extension().is_some_and(|ext| endings.iter().any(|wanted| ext == *wanted))
        };
        let message = match (kind, path_type) {
            ("python" | "shell" | "config", _) if path.trim().is_empty() => "Enter a path.",
            ("python" | "shell" | "config", "missing") => "There is nothing at this path.",
            ("python", "file") if has_ending(&["py"]) => "",
            ("python", _) => "This is not a Python script (.py).",
            ("config", "file") if has_ending(&["yaml", "yml", "json"]) => "",
            ("config", _) => "This is not a YAML file.",
            ("shell", "directory") => "",
            ("shell", _) => "This is not a folder.",
            _ => {
                return Err(Error::invalid(format!(
                    "kind: '{kind}' is none of python, shell, config."
                )));
            }
        };
        Ok(PathCheck {
            ok: message.is_empty(),
            kind: kind.to_owned(),
            normalized_path: normalized.to_string_lossy().into_owned(),
            path_type: path_type.to_owned(),
            message: message.to_owned(),
        })
    }

    /// The absolute path, with `~` and links resolved. Relative paths are relative to the start folder.
    fn normalize(&self, path: &str) -> PathBuf {
        let expanded = match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
            (Some(rest), Some(home)) => Path::new(&home).join(rest),
            _ => PathBuf::from(path),
        };
        let absolute = self.start_dir().join(expanded);
        fs::canonicalize(&absolute).unwrap_or(absolute)
    }
}
