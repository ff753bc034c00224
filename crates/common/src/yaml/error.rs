//! Errors of parsing configurations.

use crate::message::YamlText;

/// Position and reason of a YAML error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct YamlError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The reason, without the position.
    pub message: String,
}

impl YamlError {
    pub(super) fn at(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { line, column, message: message.into() }
    }

    pub(super) fn from_reader(error: &serde_yaml::Error) -> Self {
        let (line, column) = error
            .location()
            .map_or((1, 1), |position| (position.line().max(1), position.column().max(1)));
        let text = error.to_string();
        // The crate appends the position, sometimes twice; here it has separate fields.
        let end = text.find(" at line ").unwrap_or(text.len());
        Self::at(line, column, &text[..end])
    }
}

/// Why a text is not a mapping of parameters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Invalid YAML.
    #[error("{}", YamlText::Invalid.fill(&[&.0.message, &.0.line, &.0.column]))]
    Syntax(#[from] YamlError),
    /// Valid YAML, but its root is a list or a scalar.
    #[error("{}", YamlText::NotAMapping.template())]
    NotAMapping,
}

impl MappingError {
    /// The position of the YAML error, if it is one.
    #[must_use]
    pub fn position(&self) -> Option<&YamlError> {
        match self {
            Self::Syntax(error) => Some(error),
            Self::NotAMapping => None,
        }
    }
}
