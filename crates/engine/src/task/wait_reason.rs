//! Why a queued task is not running yet, and the text that describes it.

use common::TaskName;
use std::fmt;

use common::TaskStatus;
use common::message::WaitText;
use common::options::GpuShare;

use super::TaskEntry;
use store::task::TaskInfo;

/// What a queued task waits for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WaitReason {
    /// The task is on hold.
    Held,
    /// A dependency has not completed.
    After { name: String, status: Option<TaskStatus> },
    /// The delay before a retry has not passed.
    RetryDelay { local_time: String, retry: u32, of: u32 },
    /// GPUs: the requested number and share, how many of the suitable ones are free, and the descriptions of
    /// processes of other users.
    Gpus { asked: u32, share: Option<GpuShare>, free: u32, all: u32, used_by: Vec<String> },
    /// CPU slots: requested, free and total.
    Cpus { asked: u32, free: u32, all: u32 },
    /// The disk is full.
    Disk,
    /// The maximum number of tasks is running.
    Worker,
}

impl WaitReason {
    /// What a task waits for because of its own options, regardless of free capacity. Times are microseconds since
    /// the epoch; `status_of` returns the status of another task if it exists.
    pub(crate) fn from_options(
        info: &TaskInfo,
        now_us: u64,
        status_of: impl Fn(&TaskName) -> Option<TaskStatus>,
    ) -> Option<Self> {
        let options = &info.options;
        if options.held {
            return Some(Self::Held);
        }
        if let Some(not_before_us) = not_before_us(info, now_us) {
            let local_time = store::clock::local_time(not_before_us);
            let (retry, of) = (info.state().attempt().retries, options.retry.count);
            return Some(Self::RetryDelay { local_time, retry, of });
        }
        let status_of = |name: &String| status_of(&TaskName::of_folder(name).ok()?);
        let mut others = options.after.iter().map(|name| (name, status_of(name)));
        let (name, status) = others.find(|(_, status)| *status != Some(TaskStatus::Completed))?;
        Some(Self::After { name: name.clone(), status })
    }

    /// Whether the task can start after other tasks end. Then the scheduler reserves capacity for it. A task that
    /// requests more than the total must not block the others.
    pub(crate) fn is_satisfied_by_other_ends(&self) -> bool {
        match self {
            Self::Gpus { asked, all, .. } | Self::Cpus { asked, all, .. } => asked <= all,
            Self::Held
            | Self::After { .. }
            | Self::RetryDelay { .. }
            | Self::Disk
            | Self::Worker => false,
        }
    }

    /// The reason that is displayed before the scheduler has examined the task.
    pub(crate) fn before_scheduling(entry: &TaskEntry) -> Option<Self> {
        let reason = if entry.summary.held { Self::Held } else { Self::Worker };
        (entry.summary.status == TaskStatus::Queued).then_some(reason)
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Held => WaitText::Held.fill(&[]),
            Self::After { name, status } => after(*status).fill(&[name]),
            Self::RetryDelay { local_time, retry, of } => {
                WaitText::RetryDelay.fill(&[local_time, retry, of])
            }
            Self::Gpus { asked, share, free, all, used_by } => {
                let gpus = gpus(*asked, *share);
                match all {
                    0 => WaitText::NoGpus.fill(&[asked, &gpus]),
                    all if asked > all => WaitText::TooManyGpus.fill(&[asked, &gpus, all]),
                    _ => {
                        let waits = WaitText::FreeGpus.fill(&[asked, &gpus, free, all]);
                        let parts = std::iter::once(waits).chain(used_by.iter().cloned());
                        parts.collect::<Vec<_>>().join(WaitText::SEPARATOR)
                    }
                }
            }
            Self::Cpus { asked, all, .. } if asked > all => {
                WaitText::TooManyCpus.fill(&[asked, all])
            }
            Self::Cpus { asked, free, all } => WaitText::Cpus.fill(&[asked, free, all]),
            Self::Disk => WaitText::Disk.fill(&[]),
            Self::Worker => WaitText::Worker.fill(&[]),
        })
    }
}

/// The text for a dependency with this status; none where it does not exist.
fn after(status: Option<TaskStatus>) -> WaitText {
    match status {
        None => WaitText::AfterMissing,
        Some(TaskStatus::Failed) => WaitText::AfterFailed,
        Some(TaskStatus::Cancelled) => WaitText::AfterCancelled,
        Some(TaskStatus::Pending) => WaitText::AfterPending,
        Some(TaskStatus::Queued) => WaitText::AfterQueued,
        Some(TaskStatus::Running) => WaitText::AfterRunning,
        Some(TaskStatus::Completed) => WaitText::AfterCompleted,
    }
}

/// `GPU`, `GPUs with 4 GiB to spare`.
fn gpus(asked: u32, share: Option<GpuShare>) -> String {
    let is_one = asked == 1;
    match share {
        Some(GpuShare::Fraction(part)) => {
            let text = if is_one { WaitText::GpuPart } else { WaitText::GpuParts };
            text.fill(&[&format!("{:.0}", part * 100.0)])
        }
        Some(GpuShare::MemoryGib(gib)) => {
            let text = if is_one { WaitText::GpuMemory } else { WaitText::GpusMemory };
            text.fill(&[&gib])
        }
        None => if is_one { WaitText::Gpu } else { WaitText::Gpus }.fill(&[]),
    }
}

/// When a retry may start, if that is in the future. A remaining delay longer than the configured one means that
/// the clock was set back; then the delay is over.
fn not_before_us(info: &TaskInfo, now_us: u64) -> Option<u64> {
    let delay = std::time::Duration::try_from_secs_f64(info.options.retry.delay_s).ok()?;
    let left_us =
        info.state().queued()?.not_before_us?.checked_sub(now_us).filter(|left_us| *left_us > 0)?;
    (u128::from(left_us) <= delay.as_micros() + 1_000_000).then_some(now_us + left_us)
}

#[cfg(test)]
mod tests {
    use common::options::{Retry, RunOptions};

    use super::*;
    use store::task::{Queued, TaskState};

    #[test]
    fn a_clock_that_is_set_back_does_not_make_a_retry_wait_for_ever() {
        let retry = Retry { count: 1, delay_s: 10.0, ..Retry::default() };
        let waits_until = |not_before_us| {
            let state = Queued { not_before_us, ..Queued::default() };
            let mut info = TaskInfo::named("t").in_state(TaskState::Queued(state));
            info.options = RunOptions { retry: retry.clone(), ..RunOptions::default() };
            info
        };
        let info = waits_until(Some(1_000_000_000));
        assert_eq!(not_before_us(&info, 995_000_000), Some(1_000_000_000));
        assert_eq!(not_before_us(&info, 1_000_000_000), None, "its time has come");
        assert_eq!(not_before_us(&info, 900_000_000), None, "the clock was set back");
        assert_eq!(not_before_us(&waits_until(None), 0), None);
    }
}
