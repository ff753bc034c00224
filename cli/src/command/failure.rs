//! The error type of commands.

/// Any error of a command. The dispatcher prints it.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
