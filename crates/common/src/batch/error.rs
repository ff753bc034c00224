//! What is wrong with a batch, and where.

use std::fmt;

/// Why a configuration is no grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchError {
    /// Dotted key of the parameter; empty while one cell is looked at alone.
    pub key: String,
    /// Column in the value in characters, from 1, where one place is to blame.
    pub column: Option<usize>,
    /// What is wrong. It stands alone where several parameters are concerned.
    pub message: String,
    /// Whether it is the condition that is wrong, and no value.
    pub in_condition: bool,
    names_keys: bool,
}

impl BatchError {
    pub(super) fn at(column: usize, message: impl Into<String>) -> Self {
        Self { column: Some(column), ..Self::new(message) }
    }

    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            key: String::new(),
            column: None,
            message: message.into(),
            in_condition: false,
            names_keys: false,
        }
    }

    /// The zip parameters have these lengths, and they differ.
    pub(super) fn zip_lengths(lengths: &[(&str, u64)]) -> Self {
        let odd = lengths.iter().find(|(_, length)| Some(*length) != lengths.first().map(|l| l.1));
        let list: Vec<String> = lengths.iter().map(|(key, len)| format!("{key}={len}")).collect();
        let list = list.join(", ");
        Self {
            key: odd.map_or_else(String::new, |(key, _)| (*key).to_owned()),
            names_keys: true,
            ..Self::new(format!("All (zip) parameters must have equal length. Got: {list}"))
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
