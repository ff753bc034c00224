//! `GET /api/templates/content`: the text and values of one template.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use common::workspace::TemplateContent;
use serde_json::{Map, Value};

use super::Workspace;
use crate::engine::{Engine, Pick};
use store::disk::open_beneath;
use store::{Error, Result};

/// The most bytes of a template: as many as a request may bring.
const MAX_BYTES: u64 = 4 << 20;

impl Engine {
    /// One template. Only files inside the project are ever read.
    ///
    /// # Errors
    /// When there is no such file in the project.
    pub fn template_content(&self, pick: &Pick, value: &str) -> Result<TemplateContent> {
        let workspace = self.pick(pick)?;
        let Template { path, content } = read(&workspace, value)?;
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

/// A template that was read.
pub(crate) struct Template {
    /// Where it is, links resolved.
    path: PathBuf,
    /// Its text.
    pub(crate) content: String,
}

/// Reads the file that a template's value names.
///
/// # Errors
/// When it is not there or, links resolved, not inside the project; when it is too large for one.
pub(crate) fn read(workspace: &Workspace, value: &str) -> Result<Template> {
    let not_found = || Error::NotFound(format!("Template '{value}' not found"));
    // `join` takes an absolute value as it is.
    let path = fs::canonicalize(workspace.root.join(value)).map_err(|_| not_found())?;
    let project = fs::canonicalize(workspace.project_root()).map_err(|_| not_found())?;
    let below = path.strip_prefix(&project).map_err(|_| not_found())?;
    // What lies there is asked once more, below the open folder: it may be another by now.
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
