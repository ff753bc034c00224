//! What a batch was made of: kept in `batches/<name>.json`, so that a task of it can be made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::batch::Grid;
use common::options::RunOptions;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;

use crate::disk::{create_folders, write_atomic};
use crate::{Error, Result};

/// A batch as it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchRecord {
    /// Name of the batch; also the name of its file.
    pub name: String,
    /// The beginning of the names of its tasks, or the pattern of their names.
    pub base: String,
    /// Whether `base` is a pattern.
    #[serde(default)]
    pub is_pattern: bool,
    /// Time of creation, local, as `2026-11-23_11-16-57`.
    pub created_at: String,
    /// Number of its tasks.
    pub count: u64,
    /// Text of the parameters in YAML, with the batch syntax.
    pub yaml_text: String,
    /// Which combinations were wanted; blank for all.
    #[serde(default)]
    pub when: String,
    /// The template of then, whose types tell times from ranges.
    pub template_text: Option<String>,
    /// Notes that every task was created with.
    #[serde(default)]
    pub notes: String,
    /// Environment variables that every task was created with.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Run options that every task was created with.
    #[serde(default)]
    pub options: RunOptions,
    /// What was added to it later, in order; `count` counts it, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionRecord>,
}

/// Values that a batch was given later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtensionRecord {
    /// The combinations that came with them.
    pub yaml_text: String,
    /// Number of tasks that the extension added.
    pub count: u64,
    /// All combinations since then, from which the next extension starts.
    pub whole_text: String,
}

/// Tasks of a batch that were created together.
pub struct Part {
    /// Combinations of parameters, one for each task.
    pub grid: Grid,
    /// The place of the first one in the batch, from 1.
    pub first: u64,
    /// How many tasks the batch had then: what the names end with.
    pub of: u64,
}

impl BatchRecord {
    /// The name of a batch: `sweep_of-20` for `sweep_1-of-20` and so on.
    #[must_use]
    pub fn name_of(base: &str, count: u64) -> String {
        format!("{base}_of-{count}")
    }

    /// Writes it down.
    ///
    /// # Errors
    /// What the system said.
    pub fn save(&self, root: &Path) -> Result<()> {
        let folder = root.join("batches");
        create_folders(&folder).map_err(Error::io("creating", &folder))?;
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        write_atomic(&path(root, &self.name), text.as_bytes())
    }

    /// A batch of a workspace.
    ///
    /// # Errors
    /// `Batch 'x' not found`, or that its file is nonsense.
    pub fn read(root: &Path, name: &str) -> Result<Self> {
        let unknown = || Error::NotFound(format!("Batch '{name}' not found"));
        // A name is a file's name: nothing outside of the folder is one.
        common::TaskName::new(name).map_err(|_| unknown())?;
        let path = path(root, name);
        let text = fs::read(&path).map_err(|_| unknown())?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Malformed { path, reason: error.to_string() })
    }

    /// All batches of a workspace; what is no batch is passed over.
    #[must_use]
    pub fn all(root: &Path) -> Vec<Self> {
        let listing = fs::read_dir(root.join("batches")).into_iter().flatten().flatten();
        let texts = listing.filter_map(|item| fs::read(item.path()).ok());
        texts.filter_map(|text| serde_json::from_slice(&text).ok()).collect()
    }

    /// Its parts, from which each task can be had again: what it was created with, then its extensions.
    ///
    /// # Errors
    /// When one of its texts is no grid any more.
    pub fn parts(&self) -> Result<Vec<Part>> {
        let added: u64 = self.extensions.iter().map(|extension| extension.count).sum();
        let of = self.count.saturating_sub(added);
        let mut parts = vec![Part { grid: self.grid(&self.yaml_text)?, first: 1, of }];
        let mut before = of;
        for extension in &self.extensions {
            let grid = self.grid(&extension.yaml_text)?;
            parts.push(Part { grid, first: before + 1, of: before + extension.count });
            before += extension.count;
        }
        Ok(parts)
    }

    /// A text of this batch as a grid, with the template and the condition of then.
    ///
    /// # Errors
    /// When it is none.
    pub fn grid(&self, text: &str) -> Result<Grid> {
        Grid::parse(&parse(text)?, self.template()?.as_ref())
            .and_then(|grid| grid.only_where(&self.when))
            .map_err(|error| Error::invalid(error.to_string()))
    }

    /// All its combinations as text.
    #[must_use]
    pub fn whole_text(&self) -> &str {
        self.extensions.last().map_or(&self.yaml_text, |extension| &extension.whole_text)
    }

    /// The template of then.
    ///
    /// # Errors
    /// When its text is no mapping.
    pub fn template(&self) -> Result<Option<Mapping>> {
        self.template_text.as_deref().map(parse).transpose()
    }
}

/// A text of a batch as a mapping.
///
/// # Errors
/// When it is none.
pub fn parse(text: &str) -> Result<Mapping> {
    common::yaml::parse_mapping(text).map_err(|error| Error::invalid(error.to_string()))
}

fn path(root: &Path, name: &str) -> PathBuf {
    root.join("batches").join(format!("{name}.json"))
}
