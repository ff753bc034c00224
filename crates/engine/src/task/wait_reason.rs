//! Why a queued task is not running yet, and the text that describes it.

use std::fmt;

use common::TaskStatus;
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
        status_of: impl Fn(&str) -> Option<TaskStatus>,
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
            Self::RetryDelay { local_time, retry, of } => {
                write!(f, "waits until {local_time} for retry {retry} of {of}")
            }
            Self::Gpus { asked, share, free, all, used_by } => {
                let gpus = if *asked == 1 { "GPU" } else { "GPUs" };
                let share_text = match share {
                    Some(GpuShare::Fraction(part)) => {
                        format!(" with room for {:.0} % of it", part * 100.0)
                    }
                    Some(GpuShare::MemoryGib(gib)) => format!(" with {gib} GiB to spare"),
                    None => String::new(),
                };
                match all {
                    0 => {
                        return write!(
                            f,
                            "asks for {asked} {gpus}{share_text}; this machine has none"
                        );
                    }
                    all if asked > all => {
                        return write!(
                            f,
                            "asks for {asked} {gpus}{share_text}; there are only {all}"
                        );
                    }
                    _ => write!(f, "waits for {asked} {gpus}{share_text}: {free} of {all} free")?,
                }
                used_by.iter().try_for_each(|other| write!(f, "; {other}"))
            }
            Self::Cpus { asked, all, .. } if asked > all => {
                write!(f, "asks for {asked} CPU slots; there are only {all}")
            }
            Self::Cpus { asked, free, all } => {
                write!(f, "waits for {asked} CPU slots: {free} of {all} free")
            }
            Self::Disk => write!(f, "waits for room on the disk, which is full"),
            Self::Worker => write!(f, "waits for a free worker"),
        }
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

fn past(status: TaskStatus) -> &'static str {
    if status == TaskStatus::Cancelled { "been cancelled" } else { "failed" }
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
