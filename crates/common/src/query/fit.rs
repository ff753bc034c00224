//! Checks whether a value is possible in its column: a condition that never holds is an error.

use super::{Literal, Operator, Problem, ValueKind};
use crate::TaskStatus;
use crate::runs::{Column, ColumnKind, Fixed};

/// Converts the value to the type of the column.
///
/// # Errors
/// Why no run can have it.
pub(super) fn fitting(
    column: &str,
    operator: Operator,
    value: Literal,
) -> Result<Literal, Problem> {
    if matches!(operator, Operator::Contains | Operator::Lacks) {
        return Ok(value);
    }
    let (fixed, kind) = match Column::parse(column) {
        Some(Column::Fixed(fixed)) => (Some(fixed), fixed.kind()),
        Some(Column::Metric { .. }) => (None, ColumnKind::Number),
        // The types of parameters and records are known only from the runs.
        Some(Column::Param(_) | Column::Record(_)) | None => return Ok(value),
    };
    let word = value.text();
    let is_wrong = match kind {
        ColumnKind::Number | ColumnKind::Duration | ColumnKind::Bytes => {
            !matches!(value, Literal::Number(..))
        }
        ColumnKind::Bool => !matches!(value, Literal::Number(..) | Literal::Bool(_)),
        ColumnKind::Time => !is_time(word),
        ColumnKind::Text if fixed == Some(Fixed::Status) => match TaskStatus::parse(word) {
            Some(status) => return Ok(Literal::Text(status.as_str().to_owned())),
            None => true,
        },
        ColumnKind::Text | ColumnKind::Tags => false,
    };
    if !is_wrong {
        return Ok(value);
    }
    let expected = match kind {
        ColumnKind::Number => ValueKind::Number,
        ColumnKind::Duration => ValueKind::Duration,
        ColumnKind::Bytes => ValueKind::Size,
        ColumnKind::Bool => ValueKind::Bool,
        ColumnKind::Time => ValueKind::Time,
        ColumnKind::Text | ColumnKind::Tags => ValueKind::Status,
    };
    Err(Problem::NotA(expected, word.to_owned()))
}

/// `2026`, `2026-11-23`, `2026-11-23 11:16`, `2026-11-23_11-16-57`.
fn is_time(text: &str) -> bool {
    let year = text.chars().take_while(char::is_ascii_digit).count();
    let is_part = |letter: char| letter.is_ascii_digit() || " -_:.TZ".contains(letter);
    year >= 4 && text.chars().all(is_part)
}
