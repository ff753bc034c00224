//! Values in a query, and their comparison with those of rows.

use std::cmp::Ordering;

use super::Operator;
use crate::runs::{Cell, ColumnKind};

/// A value as written in a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number in the base unit (seconds, bytes), and the word as written, with which a column of
    /// texts is compared.
    Number(f64, String),
    /// True or false.
    Bool(bool),
    /// A text.
    Text(String),
}

/// Unit → number of seconds or bytes.
const UNITS: [(&str, f64); 13] = [
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
    ("kb", 1e3),
    ("mb", 1e6),
    ("gb", 1e9),
    ("kib", 1024.0),
    ("mib", 1024.0 * 1024.0),
    ("gib", 1024.0 * 1024.0 * 1024.0),
    ("%", 0.01),
];

impl Literal {
    /// The value of an unquoted word.
    pub(super) fn of_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "true" => return Self::Bool(true),
            "false" => return Self::Bool(false),
            _ => {}
        }
        match number(word) {
            Some(number) => Self::Number(number, word.to_owned()),
            None => Self::Text(word.to_owned()),
        }
    }

    /// As a cell, for comparison.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Number(_, word) => word,
            Self::Bool(true) => "true",
            Self::Bool(false) => "false",
            Self::Text(text) => text,
        }
    }
}

/// A number with or without a unit, including words such as `nan` and `inf`.
fn number(word: &str) -> Option<f64> {
    if let Ok(number) = word.parse::<f64>() {
        return Some(number);
    }
    let split = word.rfind(|c: char| c.is_ascii_digit() || c == '.')? + 1;
    let (digits, unit) = word.split_at(split);
    let factor = factor(unit)?;
    match digits.parse::<f64>() {
        Ok(number) => Some(number * factor),
        Err(_) => compound(word),
    }
}

/// `1h30m`, `4min05s`: durations with decreasing units.
fn compound(word: &str) -> Option<f64> {
    let (mut remaining, mut sum, mut last) = (word, 0.0, f64::INFINITY);
    while !remaining.is_empty() {
        let (digits, after) =
            remaining.split_at(remaining.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, behind) = after.split_at(end);
        let factor = factor(unit).filter(|_| unit.ends_with(['s', 'm', 'n', 'h', 'd']))?;
        if factor >= last {
            return None;
        }
        sum += digits.parse::<f64>().ok()? * factor;
        (remaining, last) = (behind, factor);
    }
    Some(sum)
}

fn factor(unit: &str) -> Option<f64> {
    let unit = unit.to_ascii_lowercase();
    UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
}

/// Whether a word is a unit that can follow a number.
pub(super) fn is_unit(word: &str) -> bool {
    factor(word).is_some()
}

/// Compares a cell with a value. A missing one is unequal to everything; other comparisons are
/// false.
pub(super) fn holds(cell: &Cell, operator: Operator, value: &Literal, kind: ColumnKind) -> bool {
    // Values that are false are not stored in these columns.
    let cell =
        if cell.is_missing() && kind == ColumnKind::Bool { &Cell::Bool(false) } else { cell };
    if cell.is_missing() {
        return matches!(operator, Operator::Unequal | Operator::Lacks);
    }
    match operator {
        Operator::Contains => contains(cell, value.text()),
        Operator::Lacks => !contains(cell, value.text()),
        Operator::Equal => order(cell, value, kind) == Some(Ordering::Equal),
        Operator::Unequal => order(cell, value, kind) != Some(Ordering::Equal),
        Operator::Less => order(cell, value, kind) == Some(Ordering::Less),
        Operator::More => order(cell, value, kind) == Some(Ordering::Greater),
        Operator::AtMost => order(cell, value, kind).is_some_and(Ordering::is_le),
        Operator::AtLeast => order(cell, value, kind).is_some_and(Ordering::is_ge),
    }
}

/// Compares two cells of a row.
pub(super) fn holds_between(a: &Cell, operator: Operator, b: &Cell) -> bool {
    if a.is_missing() || b.is_missing() {
        return false;
    }
    // NaN equals itself here, and is neither less nor greater than anything.
    if a.is_nan() != b.is_nan() {
        return matches!(operator, Operator::Unequal | Operator::Lacks);
    }
    match operator {
        Operator::Contains => contains(a, &b.to_string()),
        Operator::Lacks => !contains(a, &b.to_string()),
        Operator::Equal => a.compare(b).is_eq(),
        Operator::Unequal => a.compare(b).is_ne(),
        Operator::Less => a.compare(b).is_lt(),
        Operator::More => a.compare(b).is_gt(),
        Operator::AtMost => a.compare(b).is_le(),
        Operator::AtLeast => a.compare(b).is_ge(),
    }
}

fn contains(cell: &Cell, text: &str) -> bool {
    let text = text.to_lowercase();
    match cell {
        Cell::Text(cell) => cell.to_lowercase().contains(&text),
        other => other.to_string().contains(&text),
    }
}

/// The order of a cell and a value; `None` if they cannot be compared.
fn order(cell: &Cell, value: &Literal, kind: ColumnKind) -> Option<Ordering> {
    match (cell, value) {
        (Cell::Missing, _) => None,
        (Cell::Text(text), _) if kind == ColumnKind::Time => {
            Some(compare_times(text, value.text()))
        }
        (Cell::Number(cell), Literal::Number(value, _)) => {
            // NaN equals itself here, and is neither less nor greater than a number.
            let both_nan = cell.is_nan() && value.is_nan();
            if both_nan { Some(Ordering::Equal) } else { cell.partial_cmp(value) }
        }
        (Cell::Bool(cell), Literal::Bool(value)) => Some(cell.cmp(value)),
        (Cell::Bool(cell), Literal::Number(value, _)) => {
            f64::from(u8::from(*cell)).partial_cmp(value)
        }
        (Cell::Text(cell), value) => {
            if kind == ColumnKind::Tags && has_tag(cell, value.text()) {
                return Some(Ordering::Equal);
            }
            let as_number = cell.parse::<f64>().ok();
            match (as_number, value) {
                (Some(cell), Literal::Number(value, _)) => cell.partial_cmp(value),
                _ => Some(cell.to_lowercase().cmp(&value.text().to_lowercase())),
            }
        }
        (Cell::Number(_) | Cell::Bool(_), _) => None,
    }
}

fn has_tag(tags: &str, name: &str) -> bool {
    tags.split(',').any(|tag| tag.trim().to_lowercase() == name.trim().to_lowercase())
}

/// Compares local times up to the precision of the value: `2026-11-23` is the whole day.
fn compare_times(cell: &str, value: &str) -> Ordering {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (cell, value) = (digits(cell), digits(value));
    let cell = cell.get(..value.len()).unwrap_or(&cell);
    cell.cmp(&value)
}
