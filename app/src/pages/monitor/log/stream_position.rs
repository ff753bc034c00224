//! The position in a log from which a stream resumes.

/// The file (empty before the first run) and the byte offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StreamPosition {
    pub(super) log_file_name: String,
    pub(super) offset: u64,
}
