//! The batch that would be created, computed in the browser while the user types.

use common::batch::{Axis, BatchError, Grid, TypeMismatch};
use common::form::Form;
use common::message::YamlText;
use common::yaml::{self, MappingError};
use serde_yaml::Mapping;

use crate::i18n::ProblemText;
use crate::js::editor::Mark;

/// A valid batch.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Number of tasks.
    pub count: u64,
    /// The text for the server.
    pub text: String,
    /// The grid; `None` for a shell script.
    pub grid: Option<Grid>,
}

impl Plan {
    /// The axes of the grid.
    pub(super) fn axes(&self) -> Vec<Axis> {
        self.grid.as_ref().map(Grid::axes).unwrap_or_default()
    }
}

/// The reason why no batch can be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// The invalid field, if one is.
    pub key: Option<String>,
    /// The position of the error in the text, if known.
    pub mark: Option<Mark>,
    /// Whether the condition is invalid.
    pub in_condition: bool,
    /// Whether the input is only empty, which is no error.
    pub is_empty: bool,
    /// The message.
    pub message: String,
}

impl Problem {
    pub(super) fn new(message: &impl ToString) -> Self {
        Self {
            key: None,
            mark: None,
            in_condition: false,
            is_empty: false,
            message: message.to_string(),
        }
    }

    fn of_key(key: &str, message: &impl ToString) -> Self {
        Self { key: Some(key.to_owned()).filter(|key| !key.is_empty()), ..Self::new(message) }
    }

    fn of_batch(error: &BatchError, t: &ProblemText) -> Self {
        Self { in_condition: error.in_condition, ..Self::of_key(&error.key, &(t.batch)(error)) }
    }

    /// The problem with the position of its parameter in a text.
    fn marked_in(mut self, text: &str) -> Self {
        let path: Vec<String> =
            self.key.iter().flat_map(|key| key.split('.')).map(str::to_owned).collect();
        self.mark =
            yaml::locate(text, &path).map(|(line, column)| mark(line, column, &self.message));
        self
    }
}

fn mark(line: usize, column: usize, message: &str) -> Mark {
    let number = |number: usize| u32::try_from(number).unwrap_or(1);
    Mark { line: number(line), column: number(column), message: message.to_owned() }
}

/// The grid of the form's texts, filtered by a condition.
///
/// # Errors
/// The first invalid expression, or value of another type than the template's.
pub(super) fn of_form(form: &Form, when: &str, t: &ProblemText) -> Result<Plan, Problem> {
    let grid = form.grid().map_err(|error| Problem::of_batch(&error, t))?;
    form.check_types(&grid).map_err(|error| of_type(&error, t))?;
    let grid = grid.only_where(when).map_err(|error| Problem::of_batch(&error, t))?;
    Ok(Plan { count: grid.count(), text: form.to_yaml(), grid: Some(grid) })
}

/// The problem of an invalid YAML text, with its position.
pub(super) fn unreadable(error: &MappingError, t: &ProblemText) -> Problem {
    let mark = error
        .position()
        .map(|position| mark(position.line, position.column, &(t.yaml)(&position.message)));
    Problem { mark, ..Problem::new(&(t.yaml)(&error.to_string())) }
}

/// The plan of plain YAML: one task.
///
/// # Errors
/// If it is no mapping, contains batch syntax, or has a value of another type than the template's.
pub(super) fn of_yaml(text: &str, template: &Mapping, t: &ProblemText) -> Result<Plan, Problem> {
    let config = yaml::parse_mapping(text).map_err(|error| unreadable(&error, t))?;
    if let Some(key) = common::batch::batch_key(&config, Some(template)) {
        let message = (t.yaml)(YamlText::NoBatch.template());
        return Err(Problem::of_key(&key, &message).marked_in(text));
    }
    let grid = Grid::single(config);
    grid.check_types(template).map_err(|error| of_type(&error, t).marked_in(text))?;
    Ok(Plan { count: 1, text: text.to_owned(), grid: Some(grid) })
}

fn of_type(error: &TypeMismatch, t: &ProblemText) -> Problem {
    Problem::of_key(&error.key, &(t.yaml)(&error.to_string()))
}

/// The plan of a shell script: one task.
///
/// # Errors
/// If the script is empty.
pub(super) fn of_shell(text: &str, when_empty: &str) -> Result<Plan, Problem> {
    if text.trim().is_empty() {
        return Err(Problem { is_empty: true, ..Problem::new(&when_empty) });
    }
    Ok(Plan { count: 1, text: text.to_owned(), grid: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, messages_in};

    fn of_form(form: &Form, when: &str) -> Result<Plan, Problem> {
        super::of_form(form, when, messages_in(Lang::En).problem())
    }

    fn of_yaml(text: &str, template: &Mapping) -> Result<Plan, Problem> {
        super::of_yaml(text, template, messages_in(Lang::En).problem())
    }

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
        let plan = of_form(&form("0.1 | 0.2", "1:1000000"), "").unwrap();
        assert_eq!(plan.count, 2_000_000);
        assert_eq!(plan.axes().len(), 2);
        assert_eq!(of_form(&form("0.1 | 0.2", "1:3"), "lr < 0.2").unwrap().count, 3);
    }

    #[test]
    fn a_problem_names_its_field_or_its_position() {
        assert_eq!(of_form(&form("0.1 | ", "0"), "").unwrap_err().key.as_deref(), Some("lr"));
        assert_eq!(of_form(&form("0.1", "often"), "").unwrap_err().key.as_deref(), Some("seed"));
        assert!(of_form(&form("0.1", "1"), "lr ==").unwrap_err().in_condition);
        let template = read("lr: 0.1\noptim: {n: 1}\n");
        let wrong = of_yaml("lr: 1\n  x: [", &template).unwrap_err();
        assert_eq!(wrong.mark.map(|mark| mark.line), Some(2));
        let wrong = of_yaml("lr: 1\noptim:\n  n: many\n", &template).unwrap_err();
        assert_eq!(wrong.mark.map(|mark| (mark.line, mark.column)), Some((3, 6)));
        let wrong = of_yaml("# a\nlr: 1 | 2\n", &template).unwrap_err();
        assert_eq!(wrong.mark.map(|mark| (mark.line, mark.column)), Some((2, 5)));
    }
}
