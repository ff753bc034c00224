//! What can go wrong in the engine, always with what was being attempted and on what.

use std::io;
use std::path::{Path, PathBuf};

use common::{ApiError, NameError};

use crate::task::InvalidTransition;

/// The engine's result.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the engine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be done as it is; the text is for the user.
    #[error("{0}")]
    Invalid(String),
    /// A filter that cannot be read, or names a column that is not there.
    #[error("filter: {0}")]
    Filter(common::query::QueryError),
    /// What was named does not exist.
    #[error("{0}")]
    NotFound(String),
    /// What the caller last saw is no longer so; nothing was changed.
    #[error("{0}")]
    Conflict(String),
    /// A name that no folder can have.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The operating system refused something.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// What was being attempted: `writing the task file`.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("reading {}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// For `map_err`: an I/O error with what was being done, and on what.
    pub fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    /// The refusal of a request, in words for the user.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::Invalid(text.into())
    }

    /// `Task 'x' not found`.
    #[must_use]
    pub fn task_not_found(name: &str) -> Self {
        Self::NotFound(format!("Task '{name}' not found"))
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
