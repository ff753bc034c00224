//! Why a queued task does not run yet, in words.

use std::fmt;

use common::TaskStatus;

use crate::task::TaskEntry;
use crate::workspace::Workspace;

/// What a queued task waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WaitReason {
    /// Nobody has released it.
    Held,
    /// Another task has not completed.
    After { name: String, status: Option<TaskStatus> },
    /// A retry whose time has not come.
    Later { local_time: String, retry: u32, of: u32 },
    /// CPU slots.
    Cpus { asked: u32, free: u32, all: u32 },
    /// A place among those that run.
    Worker,
}

impl WaitReason {
    /// What a task waits for by its own wish, whatever is free. Times are microseconds since the epoch.
    pub(crate) fn of_its_own(
        workspace: &Workspace,
        entry: &TaskEntry,
        now_us: u64,
    ) -> Option<Self> {
        let options = &entry.info.options;
        if options.held {
            return Some(Self::Held);
        }
        if let Some(not_before_us) = entry.info.not_before_us.filter(|then| *then > now_us) {
            let local_time = crate::clock::local_time(not_before_us);
            let (retry, of) = (entry.info.retries, options.retry.count);
            return Some(Self::Later { local_time, retry, of });
        }
        let status = |name: &str| workspace.index.get(name).map(|other| other.info.status);
        let mut others = options.after.iter().map(|name| (name, status(name)));
        let (name, status) = others.find(|(_, status)| *status != Some(TaskStatus::Completed))?;
        Some(Self::After { name: name.clone(), status })
    }

    /// What can be said of a queued task before the scheduler has come to it.
    pub(crate) fn at_first_sight(entry: &TaskEntry) -> Option<Self> {
        let reason = if entry.info.options.held { Self::Held } else { Self::Worker };
        (entry.info.status == TaskStatus::Queued).then_some(reason)
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held => write!(f, "on hold until it is released"),
            Self::After { name, status: None } => {
                write!(f, "waits for '{name}', which is not there")
            }
            Self::After { name, status: Some(status) } => match status {
                TaskStatus::Failed | TaskStatus::Cancelled => {
                    write!(f, "waits for '{name}' to complete, which has {}", past(*status))
                }
                _ => write!(f, "waits for '{name}' to complete, which is {status}"),
            },
            Self::Later { local_time, retry, of } => {
                write!(f, "waits until {local_time} for retry {retry} of {of}")
            }
            Self::Cpus { asked, all, .. } if asked > all => {
                write!(f, "asks for {asked} CPU slots; there are only {all}")
            }
            Self::Cpus { asked, free, all } => {
                write!(f, "waits for {asked} CPU slots: {free} of {all} free")
            }
            Self::Worker => write!(f, "waits for a free worker"),
        }
    }
}

fn past(status: TaskStatus) -> &'static str {
    if status == TaskStatus::Cancelled { "been cancelled" } else { "failed" }
}
