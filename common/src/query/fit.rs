//! Whether a value can be one of its column: what never holds is a mistake and no answer.

use super::{Literal, Operator};
use crate::TaskStatus;
use crate::runs::{Column, ColumnKind, Fixed};

/// The value as the column has it.
///
/// # Errors
/// Why no run can have it there, as a sentence without a full stop.
pub(super) fn fitting(column: &str, operator: Operator, value: Literal) -> Result<Literal, String> {
    if matches!(operator, Operator::Contains | Operator::Lacks) {
        return Ok(value);
    }
    let (fixed, kind) = match Column::parse(column) {
        Some(Column::Fixed(fixed)) => (Some(fixed), fixed.kind()),
        Some(Column::Metric { .. }) => (None, ColumnKind::Number),
        // What parameters and records are, only the runs tell.
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
    Err(match kind {
        ColumnKind::Number => format!("{word:?} is no number"),
        ColumnKind::Duration => format!("{word:?} is no time such as 90, 10m or 1h30m"),
        ColumnKind::Bytes => format!("{word:?} is no size such as 512MiB"),
        ColumnKind::Bool => format!("{word:?} is neither true nor false"),
        ColumnKind::Time => format!("{word:?} is no time such as 2026-11-23"),
        ColumnKind::Text | ColumnKind::Tags => {
            let all = TaskStatus::ALL.map(TaskStatus::as_str).join(", ");
            format!("{word:?} is no status; there are {all}")
        }
    })
}

/// `2026`, `2026-11-23`, `2026-11-23 11:16`, `2026-11-23_11-16-57`.
fn is_time(text: &str) -> bool {
    let year = text.chars().take_while(char::is_ascii_digit).count();
    let is_part = |letter: char| letter.is_ascii_digit() || " -_:.TZ".contains(letter);
    year >= 4 && text.chars().all(is_part)
}
