//! Reads the text and values of a template.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use common::workspace::TemplateContent;
use serde_json::{Map, Value};

use super::Workspace;
use crate::engine::{Engine, WorkspaceSelector};
use store::disk::open_beneath;
use store::{Error, Result};

/// Maximum size of a template, which equals that of a request body.
const MAX_BYTES: u64 = 4 << 20;

impl Engine {
    /// Reads a template. Only files inside the project can be read.
    ///
    /// # Errors
    /// If the file does not exist in the project.
    pub fn template_content(
        &self,
        selector: &WorkspaceSelector,
        value: &str,
    ) -> Result<TemplateContent> {
        let workspace = self.workspace_of(selector)?;
        let Template { path, content } = read(&workspace, value)?;
        let shell = path.extension().is_none_or(|ext| ext != "yaml" && ext != "yml");
        let in_tasks = path.starts_with(workspace.tasks_dir());
        let label =
            if in_tasks { path.parent().and_then(Path::file_name) } else { path.file_name() };
        Ok(TemplateContent {
            value: value.to_owned(),
            label: label.unwrap_or_default().to_string_lossy().into_owned(),
            path: path.to_string_lossy().into_owned(),
            // The config of a task is read-only; only the defaults can be edited.
            read_only: in_tasks,
            mode_hint: if shell { "shell" } else { "form" }.to_owned(),
            parsed_config: if shell { Map::new() } else { parse(&content) },
            content,
        })
    }
}

/// The content of a template.
pub(crate) struct Template {
    /// The path, with links resolved.
    path: PathBuf,
    /// Its text.
    pub(crate) content: String,
}

/// Reads the file of a template.
///
/// # Errors
/// If the file does not exist, is outside of the project after links are resolved, or is too large.
pub(crate) fn read(workspace: &Workspace, value: &str) -> Result<Template> {
    let not_found = || Error::NotFound(format!("Template '{value}' not found"));
    // `join` does not change an absolute path.
    let path = fs::canonicalize(workspace.root.join(value)).map_err(|_| not_found())?;
    let project = fs::canonicalize(workspace.project_root()).map_err(|_| not_found())?;
    let below = path.strip_prefix(&project).map_err(|_| not_found())?;
    // Opened relative to the project's folder, because the path may have changed since the check.
    let file = open_beneath(&project, below).map_err(|_| not_found())?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(Error::io("reading", &path))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::invalid(format!(
            "Template '{value}' is larger than {} MiB.",
            MAX_BYTES >> 20
        )));
    }
    Ok(Template { path, content: String::from_utf8_lossy(&bytes).into_owned() })
}

fn parse(content: &str) -> Map<String, Value> {
    match common::yaml::parse_mapping(content).map(|map| common::yaml::to_json(&map.into())) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}
