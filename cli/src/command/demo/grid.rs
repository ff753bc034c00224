//! Opens an example and creates the tasks of its grid.

use std::fs;
use std::path::{Path, PathBuf};

use common::generator::{CreateRequest, CreateResponse, Mode, PreviewRequest};
use engine::{Engine, WorkspaceSelector};

use crate::command::failure::Failure;
use crate::command::grid_form::merge;

/// The example's script and its base config, if it has one.
///
/// # Errors
/// If the folder has no script.
pub(super) fn script(dir: &Path) -> Result<(PathBuf, Option<PathBuf>), Failure> {
    let script = dir.join("train.py");
    if !script.is_file() {
        return Err(format!("{} has no train.py", dir.display()).into());
    }
    let base = dir.join("configs/base.yaml");
    Ok((script, base.is_file().then_some(base)))
}

/// Creates the tasks of `grid.yaml`: the workspace's defaults merged with the grid's values.
///
/// # Errors
/// If the grid cannot be read or its tasks cannot be created.
pub(super) fn create(engine: &Engine, dir: &Path) -> Result<CreateResponse, Failure> {
    let grid_path = dir.join("grid.yaml");
    let grid_text = fs::read_to_string(&grid_path)
        .map_err(|error| format!("reading {}: {error}", grid_path.display()))?;
    let workspace = engine.workspace(&WorkspaceSelector::Current)?;
    let default = workspace.templates.last().map(|template| template.value.clone());
    let template_value = default.unwrap_or_default();
    let defaults = engine.template_content(&WorkspaceSelector::Current, &template_value)?;
    let mut config = common::yaml::parse_mapping(&defaults.content)?;
    merge(&mut config, common::yaml::parse_mapping(&grid_text)?);
    let preview = PreviewRequest {
        mode: Mode::Form,
        yaml_text: common::yaml::to_text(&config),
        template_value,
        ..PreviewRequest::default()
    };
    let name_prefix = "demo".to_owned();
    let request = CreateRequest { preview, name_prefix, ..CreateRequest::default() };
    Ok(engine.create(&WorkspaceSelector::Current, &request)?)
}
