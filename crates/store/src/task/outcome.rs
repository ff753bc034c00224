//! How a run ended.

use common::TaskStatus;
use common::failure::FailureSummary;
use common::message::EndText;
use serde::{Deserialize, Serialize};

/// The reason in the file of a cancelled run.
pub(super) const CANCELLED: &str = EndText::Cancelled.template();

/// How a run ended, if it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum RunOutcome {
    /// It is running, or its end was not recorded.
    #[default]
    Open,
    /// Completed successfully.
    Completed {
        /// 0; `None` in files of other programs.
        exit_code: Option<i32>,
    },
    /// It failed, or could not start.
    Failed {
        /// `exit code 3`, `SIGKILL`, `timed out after 5m`, …; empty in files of other programs.
        reason: String,
        /// `None` when a signal ended it, or it did not start.
        exit_code: Option<i32>,
        /// The line of the log that explains the failure; `None` in files of other programs and
        /// older versions.
        failure: Option<FailureSummary>,
    },
    /// It was cancelled, whatever exit code the child returned.
    Cancelled {
        /// The exit code of the child, if there is one.
        exit_code: Option<i32>,
    },
}

impl RunOutcome {
    /// Builds the outcome from the columns of a task's file, or of a task in the API.
    #[must_use]
    pub fn from_columns(
        has_finish_time: bool,
        exit_code: Option<i32>,
        reason: String,
        failure: Option<FailureSummary>,
    ) -> Self {
        match (reason.as_str(), exit_code) {
            (CANCELLED, _) => Self::Cancelled { exit_code },
            ("", None) if !has_finish_time && failure.is_none() => Self::Open,
            ("", None | Some(0)) if has_finish_time && failure.is_none() => {
                Self::Completed { exit_code }
            }
            _ => Self::Failed { reason, exit_code, failure },
        }
    }

    /// Exit code of the child, if there is one.
    #[must_use]
    pub fn exit_code(&self) -> Option<i32> {
        match self {
            Self::Open => None,
            Self::Completed { exit_code }
            | Self::Failed { exit_code, .. }
            | Self::Cancelled { exit_code } => *exit_code,
        }
    }

    /// Why it ended so; empty if it is running or has completed.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Open | Self::Completed { .. } => "",
            Self::Failed { reason, .. } => reason,
            Self::Cancelled { .. } => CANCELLED,
        }
    }

    /// Why it failed, if that is known.
    #[must_use]
    pub fn failure(&self) -> Option<&FailureSummary> {
        match self {
            Self::Failed { failure, .. } => failure.as_ref(),
            _ => None,
        }
    }

    /// The state shown for an older run; that of the newest is the task's. A run without a recorded
    /// end has failed.
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        match self {
            Self::Completed { .. } => TaskStatus::Completed,
            Self::Cancelled { .. } => TaskStatus::Cancelled,
            Self::Open | Self::Failed { .. } => TaskStatus::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_every_version_are_one_outcome() {
        let of = |finished, code, reason: &str| {
            RunOutcome::from_columns(finished, code, reason.to_owned(), None)
        };
        for (finished, code, reason, status) in [
            (true, Some(0), "", TaskStatus::Completed),
            // pyruns 0.3 records neither.
            (true, None, "", TaskStatus::Completed),
            (true, Some(3), "exit code 3", TaskStatus::Failed),
            (true, None, "SIGKILL", TaskStatus::Failed),
            // A child that exits with 0 when it is cancelled.
            (true, Some(0), "cancelled", TaskStatus::Cancelled),
            (true, None, "cancelled", TaskStatus::Cancelled),
            (false, None, "", TaskStatus::Failed),
        ] {
            let outcome = of(finished, code, reason);
            assert_eq!(outcome.status(), status, "{outcome:?}");
            assert_eq!((outcome.exit_code(), outcome.reason()), (code, reason));
        }
        assert_eq!(of(false, None, ""), RunOutcome::Open);
    }
}
