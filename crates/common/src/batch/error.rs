//! Errors of batch syntax, with their position.

use crate::message::BatchText;
use std::fmt;

/// Why a configuration is not a valid grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchError {
    /// Dotted key of the parameter; empty while a single cell is parsed.
    pub key: String,
    /// Column in the value in characters, from 1, if the error has a position.
    pub column: Option<usize>,
    /// The error message, a [`BatchText`]. It is complete by itself if several parameters are involved.
    pub message: String,
    /// Whether the error is in the condition and not in a value.
    pub in_condition: bool,
    /// Whether the message itself names the parameters.
    pub names_keys: bool,
}

impl BatchError {
    pub(super) fn at(column: usize, text: BatchText, arguments: &[&dyn fmt::Display]) -> Self {
        Self { column: Some(column), ..Self::new(text, arguments) }
    }

    pub(super) fn new(text: BatchText, arguments: &[&dyn fmt::Display]) -> Self {
        Self {
            key: String::new(),
            column: None,
            message: text.fill(arguments),
            in_condition: false,
            names_keys: false,
        }
    }

    /// The error for zip parameters of different lengths.
    pub(super) fn zip_lengths(lengths: &[(&str, u64)]) -> Self {
        let differing =
            lengths.iter().find(|(_, length)| Some(*length) != lengths.first().map(|l| l.1));
        let list: Vec<String> = lengths.iter().map(|(key, len)| format!("{key}={len}")).collect();
        let list = list.join(", ");
        Self {
            key: differing.map_or_else(String::new, |(key, _)| (*key).to_owned()),
            names_keys: true,
            ..Self::new(BatchText::ZipLengths, &[&list])
        }
    }

    pub(super) fn in_condition(self) -> Self {
        Self { in_condition: true, ..self }
    }

    pub(crate) fn of(self, key: &str) -> Self {
        Self { key: key.to_owned(), ..self }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() && !self.names_keys {
            write!(to, "{}: ", self.key)?;
        }
        if self.in_condition {
            to.write_str("Condition: ")?;
        }
        to.write_str(&self.message)?;
        self.column.map_or(Ok(()), |column| write!(to, " (column {column})"))
    }
}

impl std::error::Error for BatchError {}
