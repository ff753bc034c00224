//! What would be created, worked out in the browser while the user types.

use common::batch::{Axis, Grid};
use common::form::Form;
use common::generator::Mode;
use common::yaml;
use serde_yaml::Mapping;

use crate::js::editor::Mark;

/// A batch that could be created.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Exact number of tasks.
    pub count: u64,
    /// The text that the server is sent.
    pub text: String,
    /// The grid; nothing for a shell script.
    pub grid: Option<Grid>,
}

impl Plan {
    /// The dimensions of the grid.
    pub(super) fn axes(&self) -> Vec<Axis> {
        self.grid.as_ref().map(Grid::axes).unwrap_or_default()
    }
}

/// Why nothing could be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// The field that is to blame, if one is.
    pub key: Option<String>,
    /// The place in the text that is to blame, if one is.
    pub mark: Option<Mark>,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    fn new(message: &impl ToString) -> Self {
        Self { key: None, mark: None, message: message.to_string() }
    }
}

/// The grid of the form's texts.
///
/// # Errors
/// The first expression that makes no sense, or value of another type than the template's.
pub(super) fn of_form(form: &Form) -> Result<Plan, Problem> {
    let grid = form.grid().map_err(|error| {
        let key = Some(error.key.clone()).filter(|key| !key.is_empty());
        Problem { key, ..Problem::new(&error) }
    })?;
    form.check_types(&grid)
        .map_err(|error| Problem { key: Some(error.key.clone()), ..Problem::new(&error) })?;
    Ok(Plan { count: grid.count(), text: form.to_yaml(), grid: Some(grid) })
}

/// Plain YAML: one task.
///
/// # Errors
/// When it is no mapping, has batch syntax, or a value of another type than the template's.
pub(super) fn of_yaml(text: &str, template: &Mapping) -> Result<Plan, Problem> {
    let config = yaml::parse_mapping(text).map_err(|error| {
        let mark = error.place().map(|place| Mark {
            line: u32::try_from(place.line).unwrap_or(1),
            column: u32::try_from(place.column).unwrap_or(1),
            message: place.message.clone(),
        });
        Problem { mark, ..Problem::new(&error) }
    })?;
    if common::batch::has_batch_syntax(&config, Some(template)) {
        return Err(Problem::new(
            &"YAML mode does not support batch syntax. Switch back to Form mode.",
        ));
    }
    let grid = Grid::single(config);
    grid.check_types(template)
        .map_err(|error| Problem { key: Some(error.key.clone()), ..Problem::new(&error) })?;
    Ok(Plan { count: 1, text: text.to_owned(), grid: Some(grid) })
}

/// A shell script: one task.
///
/// # Errors
/// When there is nothing in it.
pub(super) fn of_shell(text: &str, when_empty: &str) -> Result<Plan, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::new(&when_empty));
    }
    Ok(Plan { count: 1, text: text.to_owned(), grid: None })
}

/// The word of a mode in the URL and in the settings.
pub(super) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Form => "form",
        Mode::Yaml => "yaml",
        Mode::Shell => "shell",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Mapping {
        yaml::parse_mapping(text).unwrap()
    }

    fn form(lr: &str, seed: &str) -> Form {
        let mut form = Form::new(&read("lr: 0.1\nseed: 0\n"), None);
        assert!(form.set("lr", lr) && form.set("seed", seed));
        form
    }

    #[test]
    fn a_form_counts_without_expanding() {
        let plan = of_form(&form("0.1 | 0.2", "1:1000000")).unwrap();
        assert_eq!(plan.count, 2_000_000);
        assert_eq!(plan.axes().len(), 2);
    }

    #[test]
    fn a_problem_names_its_field_or_its_place() {
        assert_eq!(of_form(&form("0.1 | ", "0")).unwrap_err().key.as_deref(), Some("lr"));
        assert_eq!(of_form(&form("0.1", "often")).unwrap_err().key.as_deref(), Some("seed"));
        let wrong = of_yaml("lr: 1\n  x: [", &read("lr: 0.1\n")).unwrap_err();
        assert_eq!(wrong.mark.map(|mark| mark.line), Some(2));
    }
}
