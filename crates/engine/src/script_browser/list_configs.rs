//! Lists the configs that a script can be opened with.

use std::fs;
use std::path::Path;

use common::launcher::{ConfigEntry, ConfigList, ConfigSource};
use common::natural;

use crate::engine::Engine;
use crate::workspace::workspace_root;
use script::argparse;
use store::{Error, Result};

/// Folders that are searched for configs, relative to the script.
const FOLDERS: [&str; 4] = [".", "configs", "config", "conf"];

impl Engine {
    /// The configs beside a script, and whether the script requires one.
    ///
    /// # Errors
    /// If the script is not an existing `.py` file.
    pub fn list_configs(&self, script: &str) -> Result<ConfigList> {
        let path = Path::new(script.trim());
        if !path.is_file() || path.extension().is_none_or(|ext| ext != "py") {
            return Err(Error::invalid(format!("Script not found: {script}")));
        }
        // The error of an unreadable script is reported when it is opened.
        let config_source = argparse::read_script(path).unwrap_or_default().source;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut items: Vec<ConfigEntry> =
            FOLDERS.iter().flat_map(|name| configs_in(folder, name)).collect();
        let is_deeper = |entry: &ConfigEntry| entry.label.contains('/');
        items.sort_by(|a, b| {
            is_deeper(a).cmp(&is_deeper(b)).then_with(|| natural::compare(&a.label, &b.label))
        });
        let opened_before = workspace_root(path).join("config_default.yaml").is_file();
        let requires_config_template = config_source == ConfigSource::PyrunsLoad && !opened_before;
        Ok(ConfigList { items, config_source, requires_config_template })
    }
}

fn configs_in(folder: &Path, name: &str) -> Vec<ConfigEntry> {
    let dir = if name == "." { folder.to_owned() } else { folder.join(name) };
    let Ok(listing) = fs::read_dir(&dir) else {
        return Vec::new();
    };
    listing
        .flatten()
        .filter_map(|item| {
            let path = item.path();
            let kind = match path.extension()?.to_str()? {
                "yaml" | "yml" => "yaml",
                "json" if name != "." => "json",
                _ => return None,
            };
            let file = path.file_name()?.to_string_lossy().into_owned();
            let label = if name == "." { file } else { format!("{name}/{file}") };
            let path = path.is_file().then(|| path.to_string_lossy().into_owned())?;
            Some(ConfigEntry { path, label, kind: kind.to_owned() })
        })
        .collect()
}
