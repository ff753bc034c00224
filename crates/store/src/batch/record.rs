//! The record of a batch, `batches/<name>.json`: everything needed to create any of its tasks
//! again. Written by the generator, read when a batch is extended or compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::BatchName;
use common::batch::Grid;
use common::options::RunOptions;
use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;

use crate::disk::{create_folders, write_atomic};
use crate::{Error, Result};

/// A batch as the user submitted it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchRecord {
    /// Name of the batch; also the name of its file.
    pub name: String,
    /// Prefix of the task names, or the pattern of the task names.
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
    /// Condition on the combinations; blank selects all.
    #[serde(default)]
    pub when: String,
    /// The template at creation, whose types distinguish times from ranges.
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
    /// Later extensions, in order; `count` includes their tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionRecord>,
}

/// Values added to a batch after its creation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtensionRecord {
    /// The combinations that were added.
    pub yaml_text: String,
    /// Number of tasks that the extension added.
    pub count: u64,
    /// All combinations after this extension; the next extension starts from them.
    pub whole_text: String,
}

/// Tasks of a batch that were created together.
pub struct Part {
    /// Combinations of parameters, one for each task.
    pub grid: Grid,
    /// Position of its first task in the batch, from 1.
    pub first: u64,
    /// Number of tasks in the batch at that time, which the names end with.
    pub of: u64,
}

impl BatchRecord {
    /// The name of a batch: `sweep_of-20` for `sweep_1-of-20` and so on.
    #[must_use]
    pub fn name_of(base: &str, count: u64) -> String {
        format!("{base}_of-{count}")
    }

    /// Writes the record.
    ///
    /// # Errors
    /// The I/O error.
    pub fn save(&self, root: &Path) -> Result<()> {
        let folder = root.join("batches");
        create_folders(&folder).map_err(Error::io("creating", &folder))?;
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        write_atomic(&path(root, &self.name), text.as_bytes())
    }

    /// Reads a batch of a workspace.
    ///
    /// # Errors
    /// `Batch 'x' not found`, or that its file cannot be parsed.
    pub fn read(root: &Path, name: &BatchName) -> Result<Self> {
        let path = path(root, name.as_str());
        let text = fs::read(&path).map_err(|_| Error::batch_not_found(name))?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Malformed { path, reason: error.to_string() })
    }

    /// All batches of a workspace; files that are not batch records are skipped.
    #[must_use]
    pub fn all(root: &Path) -> Vec<Self> {
        let listing = fs::read_dir(root.join("batches")).into_iter().flatten().flatten();
        let texts = listing.filter_map(|item| fs::read(item.path()).ok());
        texts.filter_map(|text| serde_json::from_slice(&text).ok()).collect()
    }

    /// The parts that were created together, in order: the original batch, then its extensions.
    ///
    /// # Errors
    /// When one of its texts is not a valid grid.
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

    /// Parses a text of this batch as a grid, with the batch's template and condition.
    ///
    /// # Errors
    /// When it is not a valid grid.
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

    /// The template at creation.
    ///
    /// # Errors
    /// When its text is not a mapping.
    pub fn template(&self) -> Result<Option<Mapping>> {
        self.template_text.as_deref().map(parse).transpose()
    }
}

/// Parses a text of a batch as a mapping.
///
/// # Errors
/// When it is not a mapping.
pub fn parse(text: &str) -> Result<Mapping> {
    common::yaml::parse_mapping(text).map_err(|error| Error::invalid(error.to_string()))
}

fn path(root: &Path, name: &str) -> PathBuf {
    root.join("batches").join(format!("{name}.json"))
}
