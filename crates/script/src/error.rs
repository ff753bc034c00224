//! Why a script cannot be read or started.

use std::io;
use std::path::{Path, PathBuf};

/// The result of reading a script.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with what was attempted and on what.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The interpreter that the settings name, or any, is not there; the text is for the user.
    #[error("{0}")]
    NoInterpreter(String),
    /// The operating system refused something.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// What was being attempted: `reading`.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system returned.
        source: io::Error,
    },
    /// The file is not Python, or too long.
    #[error("reading {}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the line.
        reason: String,
    },
}

impl Error {
    /// For `map_err`: an I/O error with what was attempted, and on what.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}
