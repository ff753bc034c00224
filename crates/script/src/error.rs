//! Errors of reading or starting a script.

use std::io;
use std::path::{Path, PathBuf};

/// The result of reading a script.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with the operation and the path.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configured interpreter, or any interpreter, was not found; the text is for the user.
    #[error("{0}")]
    NoInterpreter(String),
    /// A system call failed.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// The operation that failed: `reading`.
        doing: &'static str,
        /// The path it was applied to.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The file is not valid Python, or too long.
    #[error("reading {}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The reason, with the line.
        reason: String,
    },
}

impl Error {
    /// For `map_err`: converts an I/O error, with the operation and the path.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}
