//! Errors of reading curves from a database.

use rusqlite::ErrorCode;

/// Describes for the task's page what is wrong with `tracks.sqlite3`, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file that `task_info.json` points to does not exist.
    #[error(
        "tracks.sqlite3: the curves of this task were moved there by pyruns 0.3, but the file is missing. \
         Put it back beside task_info.json."
    )]
    Missing,
    /// Written by a later version of pyruns.
    #[error(
        "tracks.sqlite3: its format is not supported by this version of Pyruns; its curves are not displayed."
    )]
    Unsupported,
    /// Locked by another program.
    #[error(
        "tracks.sqlite3: it is locked by another program; its curves are displayed when it is unlocked."
    )]
    Locked,
    /// A write was interrupted: `SQLite` would have to write before it can read.
    #[error(
        "tracks.sqlite3: a write to it was interrupted, and a copy of it could not be repaired."
    )]
    NeedsRepair,
    /// Damaged, or not a database.
    #[error(
        "tracks.sqlite3: its curves cannot be read: {0}. Restore the file from a copy if you have one; it \
         was not changed."
    )]
    Broken(String),
    /// The I/O error.
    #[error("tracks.sqlite3: its curves cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// Whether a later attempt may succeed although the file stays unchanged.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Locked | Self::Io(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly) => Self::NeedsRepair,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("a curve is no JSON ({error})"))
    }
}
