//! The error type of commands, and the exit status.

use std::fmt;
use std::process::ExitCode;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// A run, or the operation, failed.
    Failed,
    /// Wrong usage, or the command was refused; nothing was changed.
    Refused,
    /// A named task, batch, workspace or file does not exist.
    NotFound,
    /// The time limit of the command was reached.
    TimedOut,
    /// The command was interrupted.
    Interrupted,
    /// The exit code of the command that was run.
    OfCommand(u8),
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Failed => 1,
            ExitStatus::Refused => 2,
            ExitStatus::NotFound => 3,
            ExitStatus::TimedOut => 124,
            ExitStatus::Interrupted => 130,
            ExitStatus::OfCommand(code) => code,
        })
    }
}

/// Any error of a command. The dispatcher prints its text, unless that is empty.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: ExitStatus,
    text: String,
}

impl Failure {
    /// An error with its exit status.
    pub(crate) fn new(status: ExitStatus, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// A refusal: wrong usage, or a command that needs a confirmation.
    pub(crate) fn refused(text: impl Into<String>) -> Self {
        Self::new(ExitStatus::Refused, text)
    }

    /// Something that does not exist.
    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(ExitStatus::NotFound, text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        use engine::Error as E;
        let status = match error {
            E::Invalid(_) | E::Filter(_) | E::Name(_) => ExitStatus::Refused,
            E::NotFound(_) => ExitStatus::NotFound,
            E::Conflict(_) | E::Io { .. } | E::Malformed { .. } => ExitStatus::Failed,
        };
        Self::new(status, error.to_string())
    }
}

macro_rules! failed {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(ExitStatus::Failed, error.to_string())
            }
        }
    )*};
}
failed!(std::io::Error, tokio::task::JoinError, common::yaml::MappingError, server::ServeError);

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::new(ExitStatus::Failed, text)
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self::new(ExitStatus::Failed, text)
    }
}
