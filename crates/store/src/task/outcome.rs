//! How a run ended.

use common::TaskStatus;
use common::failure::FailureSummary;
use serde::{Deserialize, Serialize};

/// The reason that files give for a cancelled run.
pub(super) const CANCELLED: &str = "cancelled";

/// How a run ended, if it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum RunOutcome {
    /// It goes, or nothing was noted of its end.
    #[default]
    Open,
    /// It ended as it should.
    Completed {
        /// 0; `None` in files of other programs.
        exit_code: Option<i32>,
    },
    /// It ended otherwise, or could not start.
    Failed {
        /// `exit code 3`, `SIGKILL`, `timed out after 5m`, …; empty in files of other programs.
        reason: String,
        /// Nothing when a signal ended it, or it did not start.
        exit_code: Option<i32>,
        /// The line that tells why; nothing in files of other programs and older versions.
        failure: Option<FailureSummary>,
    },
    /// It was ended on request, whatever the child returned.
    Cancelled {
        /// What the child returned, if it did.
        exit_code: Option<i32>,
    },
}

impl RunOutcome {
    /// Reads the columns of a task's file, or of a task as clients see it.
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

    /// Why it ended so; empty where it goes or has completed.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Open | Self::Completed { .. } => "",
            Self::Failed { reason, .. } => reason,
            Self::Cancelled { .. } => CANCELLED,
        }
    }

    /// Why it failed, if it did and that is known.
    #[must_use]
    pub fn failure(&self) -> Option<&FailureSummary> {
        match self {
            Self::Failed { failure, .. } => failure.as_ref(),
            _ => None,
        }
    }

    /// The state that an older run is shown in; that of the newest is the task's. A run whose end nobody noted
    /// has failed.
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
            // pyruns 0.3 notes neither.
            (true, None, "", TaskStatus::Completed),
            (true, Some(3), "exit code 3", TaskStatus::Failed),
            (true, None, "SIGKILL", TaskStatus::Failed),
            // A child that leaves with 0 when it is cancelled.
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
