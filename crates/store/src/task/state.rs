//! The state of a task, and the transitions between states.
//!
//! [`TaskState::after`] is the only way from one state to another; ARCHITECTURE.md has the diagram.

use common::TaskStatus;
use serde::{Deserialize, Serialize};

/// State of a task, with the data that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum TaskState {
    /// Never submitted.
    #[default]
    Pending,
    /// In the queue.
    Queued(Queued),
    /// Its newest run is active.
    Running(Attempt),
    /// Its newest run completed successfully.
    Completed(Attempt),
    /// Its newest run failed, or could not start.
    Failed(Attempt),
    /// It was cancelled, in the queue or while it ran.
    Cancelled(Attempt),
}

/// When a queued task is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Queued {
    /// When it was submitted, microseconds since the epoch: its position in the queue. `None` in
    /// files of other programs: such a task is last.
    pub queued_at_us: Option<u64>,
    /// Earliest start, microseconds since the epoch: a retry with a delay.
    pub not_before_us: Option<u64>,
    /// The submission.
    pub attempt: Attempt,
}

/// Data of a submission that a task carries from the queue to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempt {
    /// Id of the submission that fails fast: when one of its tasks has failed, the others are cancelled.
    pub fail_fast_us: Option<u64>,
    /// How many retries have followed the submission.
    pub retries: u32,
}

/// An event in the life of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// A client submits it.
    Submit {
        /// Its position in the queue, microseconds since the epoch.
        queued_at_us: u64,
        /// Id of a submission that fails fast.
        fail_fast_us: Option<u64>,
    },
    /// Its supervisor has started the child.
    Begin,
    /// Its run completed successfully.
    Complete,
    /// Its run failed, or could not start.
    Fail,
    /// It is removed from the queue, or its run is cancelled.
    Cancel,
    /// It has failed and is retried.
    Retry {
        /// Its position in the queue, microseconds since the epoch.
        queued_at_us: u64,
        /// Earliest start, microseconds since the epoch.
        not_before_us: Option<u64>,
    },
}

/// A transition that the state of a task does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a task that is {from} cannot {verb}")]
pub struct InvalidTransition {
    /// The state that does not allow it.
    pub from: TaskStatus,
    verb: &'static str,
}

impl TaskState {
    /// The state without its data.
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        match self {
            Self::Pending => TaskStatus::Pending,
            Self::Queued(_) => TaskStatus::Queued,
            Self::Running(_) => TaskStatus::Running,
            Self::Completed(_) => TaskStatus::Completed,
            Self::Failed(_) => TaskStatus::Failed,
            Self::Cancelled(_) => TaskStatus::Cancelled,
        }
    }

    /// The submission; empty for a task that was never submitted.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        match self {
            Self::Pending => Attempt::default(),
            Self::Queued(queued) => queued.attempt,
            Self::Running(attempt)
            | Self::Completed(attempt)
            | Self::Failed(attempt)
            | Self::Cancelled(attempt) => *attempt,
        }
    }

    /// Queue data, if it is queued.
    #[must_use]
    pub fn queued(&self) -> Option<Queued> {
        match self {
            Self::Queued(queued) => Some(*queued),
            _ => None,
        }
    }

    /// The state after a transition.
    ///
    /// # Errors
    /// When this state does not allow it.
    pub fn after(self, transition: Transition) -> Result<Self, InvalidTransition> {
        use Transition::{Begin, Cancel, Complete, Fail, Retry, Submit};
        Ok(match (self, transition) {
            (
                Self::Pending | Self::Completed(_) | Self::Failed(_) | Self::Cancelled(_),
                Submit { queued_at_us, fail_fast_us },
            ) => {
                let attempt = Attempt { fail_fast_us, retries: 0 };
                Self::Queued(Queued {
                    queued_at_us: Some(queued_at_us),
                    not_before_us: None,
                    attempt,
                })
            }
            (Self::Queued(queued), Begin) => Self::Running(queued.attempt),
            (Self::Running(attempt), Complete) => Self::Completed(attempt),
            (Self::Queued(Queued { attempt, .. }) | Self::Running(attempt), Fail) => {
                Self::Failed(attempt)
            }
            (Self::Queued(Queued { attempt, .. }) | Self::Running(attempt), Cancel) => {
                Self::Cancelled(attempt)
            }
            (Self::Failed(attempt), Retry { queued_at_us, not_before_us }) => {
                let attempt = Attempt { retries: attempt.retries + 1, ..attempt };
                Self::Queued(Queued { queued_at_us: Some(queued_at_us), not_before_us, attempt })
            }
            (from, transition) => {
                return Err(InvalidTransition { from: from.status(), verb: transition.verb() });
            }
        })
    }
}

impl Transition {
    fn verb(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "be submitted",
            Self::Begin => "begin",
            Self::Complete => "complete",
            Self::Fail => "fail",
            Self::Cancel => "be cancelled",
            Self::Retry { .. } => "be tried again",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTEMPT: Attempt = Attempt { fail_fast_us: Some(4), retries: 2 };

    fn states() -> [TaskState; 6] {
        use TaskState::{Cancelled, Completed, Failed, Pending, Running};
        let queued = Queued { queued_at_us: Some(7), not_before_us: Some(9), attempt: ATTEMPT };
        let queued = TaskState::Queued(queued);
        [Pending, queued, Running(ATTEMPT), Completed(ATTEMPT), Failed(ATTEMPT), Cancelled(ATTEMPT)]
    }

    #[test]
    fn every_pair_of_state_and_transition() {
        use Transition::{Begin, Cancel, Complete, Fail, Retry, Submit};
        let submit = Submit { queued_at_us: 11, fail_fast_us: None };
        let retry = Retry { queued_at_us: 12, not_before_us: Some(13) };
        let transitions = [submit, Begin, Complete, Fail, Cancel, retry];
        let table = [
            // submit begin complete fail cancel retry
            ("pending", ["queued", "", "", "", "", ""]),
            ("queued", ["", "running", "", "failed", "cancelled", ""]),
            ("running", ["", "", "completed", "failed", "cancelled", ""]),
            ("completed", ["queued", "", "", "", "", ""]),
            ("failed", ["queued", "", "", "", "", "queued"]),
            ("cancelled", ["queued", "", "", "", "", ""]),
        ];
        for (state, (from, row)) in states().into_iter().zip(table) {
            assert_eq!(state.status().as_str(), from);
            for (transition, to) in transitions.into_iter().zip(row) {
                let after = state.after(transition).map(|state| state.status().as_str());
                assert_eq!(after.unwrap_or(""), to, "{from} {transition:?}");
            }
        }
    }

    #[test]
    fn each_transition_carries_exactly_the_data_of_the_new_state() {
        let [pending, queued, running, _, failed, _] = states();
        let submitted =
            pending.after(Transition::Submit { queued_at_us: 11, fail_fast_us: Some(5) }).unwrap();
        let fresh = Attempt { fail_fast_us: Some(5), retries: 0 };
        let expected = Queued { queued_at_us: Some(11), not_before_us: None, attempt: fresh };
        assert_eq!(submitted, TaskState::Queued(expected));
        assert_eq!(queued.after(Transition::Begin).unwrap(), TaskState::Running(ATTEMPT));
        // A delayed retry drops its start time when it is cancelled.
        assert_eq!(queued.after(Transition::Cancel).unwrap(), TaskState::Cancelled(ATTEMPT));
        assert_eq!(running.after(Transition::Fail).unwrap(), failed);
        let retry = Transition::Retry { queued_at_us: 12, not_before_us: Some(13) };
        let again = failed.after(retry).unwrap().queued().unwrap();
        assert_eq!((again.queued_at_us, again.not_before_us), (Some(12), Some(13)));
        assert_eq!(again.attempt, Attempt { retries: 3, ..ATTEMPT });
    }

    #[test]
    fn a_rejected_transition_names_both_states() {
        let error = TaskState::Pending.after(Transition::Begin).unwrap_err();
        assert_eq!(error.to_string(), "a task that is pending cannot begin");
    }
}
