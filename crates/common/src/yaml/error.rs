//! Why a text is no configuration.

/// Where and why reading a YAML text stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct YamlError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, without the place.
    pub message: String,
}

impl YamlError {
    pub(super) fn at(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { line, column, message: message.into() }
    }

    pub(super) fn from_reader(error: &serde_yaml::Error) -> Self {
        let (line, column) =
            error.location().map_or((1, 1), |place| (place.line().max(1), place.column().max(1)));
        let text = error.to_string();
        // The crate appends the place, sometimes twice; here it has fields of its own.
        let end = text.find(" at line ").unwrap_or(text.len());
        Self::at(line, column, &text[..end])
    }
}

/// Why a text is no mapping of parameters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It is no YAML.
    #[error("Invalid YAML: {0}")]
    Syntax(#[from] YamlError),
    /// It is YAML, but its root is a list or a scalar.
    #[error("YAML content must be a mapping at the root.")]
    NotAMapping,
}

impl MappingError {
    /// Where the text stops being YAML, if it does.
    #[must_use]
    pub fn place(&self) -> Option<&YamlError> {
        match self {
            Self::Syntax(error) => Some(error),
            Self::NotAMapping => None,
        }
    }
}
