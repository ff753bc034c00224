//! `GET /api/templates/content`: the text and values of one template.

use std::fs;
use std::path::{Path, PathBuf};

use common::workspace::TemplateContent;
use serde_json::{Map, Value};

use super::Workspace;
use crate::engine::{Engine, Pick};
use crate::{Error, Result};

impl Engine {
    /// One template. Only files inside the project are ever read.
    ///
    /// # Errors
    /// When there is no such file in the project.
    pub fn template_content(&self, pick: &Pick, value: &str) -> Result<TemplateContent> {
        let workspace = self.pick(pick)?;
        let path = resolve(&workspace, value)?;
        let content = fs::read(&path).map_err(Error::io("reading", &path))?;
        let content = String::from_utf8_lossy(&content).into_owned();
        let shell = path.extension().is_none_or(|ext| ext != "yaml" && ext != "yml");
        let in_tasks = path.starts_with(workspace.tasks_dir());
        let label =
            if in_tasks { path.parent().and_then(Path::file_name) } else { path.file_name() };
        Ok(TemplateContent {
            value: value.to_owned(),
            label: label.unwrap_or_default().to_string_lossy().into_owned(),
            path: path.to_string_lossy().into_owned(),
            // A task's config is what it ran with; only the defaults may be edited in place.
            read_only: in_tasks,
            mode_hint: if shell { "shell" } else { "form" }.to_owned(),
            parsed_config: if shell { Map::new() } else { parse(&content) },
            content,
        })
    }
}

/// The file that a template's value names.
///
/// # Errors
/// When it is not there or, links resolved, not inside the project.
pub(crate) fn resolve(workspace: &Workspace, value: &str) -> Result<PathBuf> {
    let not_found = || Error::NotFound(format!("Template '{value}' not found"));
    // `join` takes an absolute value as it is.
    let path = fs::canonicalize(workspace.root.join(value)).map_err(|_| not_found())?;
    let project = fs::canonicalize(workspace.project_root()).map_err(|_| not_found())?;
    if value.is_empty() || !path.is_file() || !path.starts_with(project) {
        return Err(not_found());
    }
    Ok(path)
}

fn parse(content: &str) -> Map<String, Value> {
    match common::yaml::parse_mapping(content).map(|map| common::yaml::to_json(&map.into())) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}
