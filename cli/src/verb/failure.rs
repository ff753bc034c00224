//! Why a verb failed, in words for the terminal.

/// What any room below can answer; told once, by the dispatcher.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
