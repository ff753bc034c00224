//! What a batch was made of: kept in `batches/<name>.json`, so that a task of it can be made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::batch::Grid;
use common::options::RunOptions;
use serde::{Deserialize, Serialize};

use crate::disk::write_atomic;
use crate::{Error, Result};

/// A batch as it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BatchRecord {
    pub(crate) name: String,
    /// The beginning of the names of its tasks, or the pattern of their names.
    pub(crate) base: String,
    #[serde(default)]
    pub(crate) is_pattern: bool,
    pub(crate) created_at: String,
    pub(crate) count: u64,
    pub(crate) yaml_text: String,
    /// Which combinations were wanted; blank for all.
    #[serde(default)]
    pub(crate) when: String,
    /// The template of then, whose types tell times from ranges.
    pub(crate) template_text: Option<String>,
    #[serde(default)]
    pub(crate) notes: String,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) options: RunOptions,
}

impl BatchRecord {
    /// The name of a batch: `sweep_of-20` for `sweep_1-of-20` and so on.
    pub(crate) fn name_of(base: &str, count: u64) -> String {
        format!("{base}_of-{count}")
    }

    /// Writes it down.
    ///
    /// # Errors
    /// What the system said.
    pub(crate) fn save(&self, root: &Path) -> Result<()> {
        let folder = root.join("batches");
        fs::create_dir_all(&folder).map_err(Error::io("creating", &folder))?;
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        write_atomic(&path(root, &self.name), text.as_bytes())
    }

    /// A batch of a workspace.
    ///
    /// # Errors
    /// `Batch 'x' not found`, or that its file is nonsense.
    pub(crate) fn read(root: &Path, name: &str) -> Result<Self> {
        let unknown = || Error::NotFound(format!("Batch '{name}' not found"));
        // A name is a file's name: nothing outside of the folder is one.
        common::TaskName::new(name).map_err(|_| unknown())?;
        let path = path(root, name);
        let text = fs::read(&path).map_err(|_| unknown())?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Malformed { path, reason: error.to_string() })
    }

    /// All batches of a workspace; what is no batch is passed over.
    pub(crate) fn all(root: &Path) -> Vec<Self> {
        let listing = fs::read_dir(root.join("batches")).into_iter().flatten().flatten();
        let texts = listing.filter_map(|item| fs::read(item.path()).ok());
        texts.filter_map(|text| serde_json::from_slice(&text).ok()).collect()
    }

    /// Its grid, from which each task can be had again.
    ///
    /// # Errors
    /// When its text is none any more.
    pub(crate) fn grid(&self) -> Result<Grid> {
        let parse = |text: &str| {
            common::yaml::parse_mapping(text).map_err(|error| Error::invalid(error.to_string()))
        };
        let template = self.template_text.as_deref().map(parse).transpose()?;
        Grid::parse(&parse(&self.yaml_text)?, template.as_ref())
            .and_then(|grid| grid.only_where(&self.when))
            .map_err(|error| Error::invalid(error.to_string()))
    }
}

fn path(root: &Path, name: &str) -> PathBuf {
    root.join("batches").join(format!("{name}.json"))
}
