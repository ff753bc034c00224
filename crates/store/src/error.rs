//! Errors of the storage layer and the engine. Each names the operation that failed and the path.

use std::io;
use std::path::{Path, PathBuf};

use common::{ApiError, NameError};

use crate::task::InvalidTransition;

/// The engine's result.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the storage layer or the engine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request is invalid; the text is shown to the user.
    #[error("{0}")]
    Invalid(String),
    /// A filter that cannot be parsed, or names a column that does not exist.
    #[error("filter: {0}")]
    Filter(common::query::QueryError),
    /// A requested item does not exist.
    #[error("{0}")]
    NotFound(String),
    /// The state has changed since the client read it; nothing was modified.
    #[error("{0}")]
    Conflict(String),
    /// A name that is not valid as the name of a folder.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A system call failed.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// The operation that failed: `writing the task file`.
        doing: &'static str,
        /// The path it was applied to.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The content of a file is invalid.
    #[error("reading {}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Why it is invalid.
        reason: String,
    },
}

impl Error {
    /// For `map_err`: converts an I/O error, with the operation and the path.
    pub fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    /// An invalid request, with the text for the user.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::Invalid(text.into())
    }

    /// `Task 'x' not found`.
    #[must_use]
    pub fn task_not_found(name: impl std::fmt::Display) -> Self {
        Self::NotFound(format!("Task '{name}' not found"))
    }

    /// `Batch 'x' not found`.
    #[must_use]
    pub fn batch_not_found(name: impl std::fmt::Display) -> Self {
        Self::NotFound(format!("Batch '{name}' not found"))
    }
}

impl From<InvalidTransition> for Error {
    fn from(error: InvalidTransition) -> Self {
        Self::Conflict(error.to_string())
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(text) => Self::Invalid(text),
            Error::Filter(error) => Self::Filter((&error).into()),
            Error::NotFound(text) => Self::NotFound(text),
            Error::Conflict(text) => Self::Conflict(text),
            Error::Name(error) => Self::Invalid(error.to_string()),
            Error::Io { .. } | Error::Malformed { .. } => Self::Internal(error.to_string()),
        }
    }
}
