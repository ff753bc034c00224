//! Why a run failed, in one line.

use serde::{Deserialize, Serialize};

/// Maximum number of characters of [`FailureSummary::text`]; a longer text ends in `…`.
pub const MAX_FAILURE_CHARS: usize = 400;

/// Why a run failed, and the line of its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FailureSummary {
    /// The kind of the text.
    pub kind: FailureKind,
    /// One line without colours: `ValueError: lr must be positive`, `killed by SIGSEGV`.
    pub text: String,
    /// The run, from 1.
    pub run: u32,
    /// The line number of the text in the run's log, from 1; null if the log does not contain it, or is too long to
    /// count its lines.
    #[serde(default)]
    pub line: Option<u64>,
}

/// The source of a [`FailureSummary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The exception that ended a Python program: the first line of its message.
    Exception,
    /// The last line that the run printed.
    Output,
    /// The exit code: the run printed nothing.
    ExitCode,
    /// The signal that ended it.
    Signal,
    /// It reached its time limit.
    Timeout,
    /// It needed more memory than there was.
    OutOfMemory,
    /// Its process could not be started.
    NotStarted,
    /// Its supervisor ended before it did.
    Interrupted,
}

impl FailureSummary {
    /// A summary whose text is trimmed and cut to [`MAX_FAILURE_CHARS`].
    #[must_use]
    pub fn new(kind: FailureKind, text: &str, run: u32, line: Option<u64>) -> Self {
        let text = text.trim();
        let text = match text.char_indices().nth(MAX_FAILURE_CHARS) {
            Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
            None => text.to_owned(),
        };
        Self { kind, text, run, line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "误".repeat(MAX_FAILURE_CHARS + 1);
        let summary = FailureSummary::new(FailureKind::Output, &long, 1, None);
        assert_eq!(summary.text.chars().count(), MAX_FAILURE_CHARS + 1);
        assert!(summary.text.ends_with('…'));
        let short = FailureSummary::new(FailureKind::Output, "  killed \n", 1, None);
        assert_eq!(short.text, "killed");
    }
}
