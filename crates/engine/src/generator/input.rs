//! Parses a generator request into a grid or a script. Clients depend on the error texts.

use common::TaskKind;
use common::batch::Grid;
use common::generator::{Mode, PreviewRequest};
use common::workspace::WorkspaceKind;
use serde_yaml::Mapping;

use crate::workspace::{Workspace, read_template};
use store::{Error, Result};

/// The tasks that a request creates.
pub(super) enum Input {
    /// Python tasks, one per point of the grid.
    Grid(Grid),
    /// One shell task.
    Script(String),
}

impl Input {
    pub(super) fn kind(&self) -> TaskKind {
        match self {
            Self::Grid(_) => TaskKind::Python,
            Self::Script(_) => TaskKind::Shell,
        }
    }

    pub(super) fn count(&self) -> u64 {
        match self {
            Self::Grid(grid) => grid.count(),
            Self::Script(_) => 1,
        }
    }
}

/// Parses a request and validates it against its workspace.
pub(super) fn read(workspace: &Workspace, request: &PreviewRequest) -> Result<Input> {
    match (workspace.kind(), request.mode) {
        (WorkspaceKind::Shell, Mode::Shell) => script(&request.shell_text),
        (WorkspaceKind::Shell, _) => {
            Err(Error::invalid("Shell workspace only supports shell mode."))
        }
        (WorkspaceKind::Script, Mode::Shell) => {
            Err(Error::invalid("Unsupported generator mode: shell"))
        }
        (WorkspaceKind::Script, mode) => grid(workspace, request, mode),
    }
}

fn script(text: &str) -> Result<Input> {
    if text.trim().is_empty() {
        return Err(Error::invalid("Shell mode requires non-empty script content."));
    }
    Ok(Input::Script(text.to_owned()))
}

fn grid(workspace: &Workspace, request: &PreviewRequest, mode: Mode) -> Result<Input> {
    let invalid = |error: &dyn std::fmt::Display| Error::invalid(error.to_string());
    let config =
        common::yaml::parse_mapping(&request.yaml_text).map_err(|error| invalid(&error))?;
    let template = template(workspace, &request.template_value)?;
    if mode == Mode::Yaml && common::batch::has_batch_syntax(&config, template.as_ref()) {
        return Err(Error::invalid(
            "YAML mode does not support batch syntax. Switch back to Form mode.",
        ));
    }
    let grid = match mode {
        Mode::Yaml => Grid::single(config),
        _ => Grid::parse(&config, template.as_ref())
            .and_then(|grid| grid.only_where(&request.when))
            .map_err(|error| invalid(&error))?,
    };
    if let Some(template) = &template {
        grid.check_types(template).map_err(|error| invalid(&error))?;
    }
    Ok(Input::Grid(grid))
}

/// The template's text; `None` if no template is named.
pub(super) fn template_text(workspace: &Workspace, value: &str) -> Result<Option<String>> {
    if value.trim().is_empty() {
        return Ok(None);
    }
    read_template(workspace, value).map(|template| Some(template.content))
}

fn template(workspace: &Workspace, value: &str) -> Result<Option<Mapping>> {
    let Some(text) = template_text(workspace, value)? else {
        return Ok(None);
    };
    let mapping = common::yaml::parse_mapping(&text)
        .map_err(|error| Error::invalid(format!("Template {value}: {error}")))?;
    Ok(Some(mapping))
}
