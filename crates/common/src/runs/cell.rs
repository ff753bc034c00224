//! One value of the table.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::metric::float;
use crate::natural;

/// A value, as plain JSON on the wire: null, a boolean, a number (or the string for a non-finite
/// one), a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// The run has no value.
    #[default]
    Missing,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text; lists and mappings as JSON.
    Text(Box<str>),
}

impl Cell {
    /// A text; an empty one is missing.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(text.into()) }
    }

    /// A number that may be missing.
    #[must_use]
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }

    /// The number; a boolean counts as 0 or 1.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Bool(flag) => Some(f64::from(u8::from(*flag))),
            Self::Missing | Self::Text(_) => None,
        }
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Whether it is NaN.
    #[must_use]
    pub fn is_nan(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_nan())
    }

    /// Whether it is NaN or infinite.
    #[must_use]
    pub fn is_non_finite(&self) -> bool {
        matches!(self, Self::Number(number) if !number.is_finite())
    }

    /// The sort order: numbers, then texts in natural order, then NaN, then missing values.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        self.compare_in(other, false)
    }

    /// The order in an ascending or descending sort; NaN and missing values come last in both.
    #[must_use]
    pub fn compare_in(&self, other: &Self, descending: bool) -> Ordering {
        let rank = |cell: &Self| u8::from(cell.is_nan()) + 2 * u8::from(cell.is_missing());
        rank(self).cmp(&rank(other)).then_with(|| match (rank(self), descending) {
            (0, false) => self.compare_values(other),
            (0, true) => other.compare_values(self),
            _ => Ordering::Equal,
        })
    }

    fn compare_values(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => natural::compare(a, b),
            (Self::Text(_), _) => Ordering::Greater,
            (_, Self::Text(_)) => Ordering::Less,
            (a, b) => {
                let number = |cell: &Self| cell.as_number().unwrap_or(f64::NAN);
                number(a).total_cmp(&number(b))
            }
        }
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Missing,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::number(number.as_f64()),
            Value::String(text) => match float::from_name(text) {
                Some(number) => Self::Number(number),
                None => Self::Text(text.as_str().into()),
            },
            Value::Array(_) | Value::Object(_) => Self::Text(value.to_string().into()),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Bool(flag) => flag.fmt(f),
            Self::Number(number) => match float::name(*number) {
                Some(name) => f.write_str(name),
                None => number.fmt(f),
            },
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => match float::name(*number) {
                Some(name) => serializer.serialize_str(name),
                // Integers are written without a decimal point: 64 and not 64.0.
                None if number.fract() == 0.0 && number.abs() < 9e15 =>
                {
                    #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
                    serializer.serialize_i64(*number as i64)
                }
                None => serializer.serialize_f64(*number),
            },
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self::from(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_plain_json() {
        let text = r#"[null,true,0.5,64,"NaN","a"]"#;
        let cells: Vec<Cell> = serde_json::from_str(text).unwrap();
        assert!(matches!(cells[4], Cell::Number(number) if number.is_nan()));
        assert_eq!(serde_json::to_string(&cells).unwrap(), text);
    }

    #[test]
    fn nan_and_nothing_come_last_in_both_directions() {
        let cells = [
            Cell::Missing,
            Cell::Number(-f64::NAN),
            Cell::Number(2.0),
            Cell::Number(f64::INFINITY),
            Cell::text("a"),
            Cell::Number(f64::NEG_INFINITY),
        ];
        let sorted = |descending| {
            let mut cells = cells.clone();
            cells.sort_by(|a, b| a.compare_in(b, descending));
            cells.map(|cell| cell.to_string())
        };
        assert_eq!(sorted(false), ["-Infinity", "2", "Infinity", "a", "NaN", ""]);
        assert_eq!(sorted(true), ["a", "Infinity", "2", "-Infinity", "NaN", ""]);
    }

    #[test]
    fn numbers_then_texts_then_nothing() {
        let cell = |text: &str| Cell::text(text);
        let mut cells = [
            Cell::Missing,
            cell("run10"),
            cell("Run9"),
            Cell::Number(2.0),
            Cell::Bool(true),
            cell("run09b"),
        ];
        cells.sort_by(Cell::compare);
        let texts: Vec<String> = cells.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["true", "2", "Run9", "run09b", "run10", ""]);
    }
}
