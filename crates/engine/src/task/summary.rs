//! The fields of a task that the index and the scheduler read often. The index stores the rest of the task's
//! file as JSON text ([`Serialized`](super::serialized::Serialized)).

use common::{TaskKind, TaskStatus};
use serde::{Deserialize, Serialize};

use store::task::TaskInfo;

/// The fields of a task's file that filters, sort orders and the scheduler use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskSummary {
    pub(crate) status: TaskStatus,
    pub(crate) task_kind: TaskKind,
    pub(crate) pinned: bool,
    pub(crate) held: bool,
    pub(crate) priority: i32,
    /// Number of the newest run, from 1; 0 if the task has not run.
    pub(crate) run_index: u32,
    pub(crate) task_order: Option<i64>,
    pub(crate) queued_at_us: Option<u64>,
    pub(crate) fail_fast_us: Option<u64>,
    pub(crate) created_at: Moment,
    /// The latest of its creation, start and finish times.
    pub(crate) activity: Moment,
}

impl From<&TaskInfo> for TaskSummary {
    fn from(info: &TaskInfo) -> Self {
        let last = info.runs.last();
        let times = last.into_iter().flat_map(|run| [&run.start_time, &run.finish_time]);
        let latest = times.chain([&info.created_at]).map(|time| Moment::read(time)).max();
        Self {
            status: info.status(),
            task_kind: info.task_kind,
            pinned: info.pinned,
            held: info.options.held,
            priority: info.options.priority,
            run_index: info.run_index(),
            task_order: info.task_order,
            queued_at_us: info.state().queued().and_then(|queued| queued.queued_at_us),
            fail_fast_us: info.state().attempt().fail_fast_us,
            created_at: Moment::read(&info.created_at),
            activity: latest.unwrap_or_default(),
        }
    }
}

/// A local time as it is written in files, `2026-11-23_11-16-57`, stored as the number of its digits,
/// 20261123111657, so that it is compared without a heap access. Zero means no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) struct Moment(u64);

impl Moment {
    fn read(text: &str) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).take(14);
        let number = digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
        let is_time = text.len() == "2026-11-23_11-16-57".len();
        Self(if is_time { number } else { 0 })
    }

    /// As a sort key; exact, because it is below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "14 digits fit")]
    pub(crate) fn number(self) -> Option<f64> {
        (self.0 > 0).then_some(self.0 as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn moments_sort_as_their_texts() {
        let texts = ["", "nonsense", "2025-12-31_23-59-59", "2026-01-01_00-00-00"];
        let moments = texts.map(Moment::read);
        assert!(moments.is_sorted() && moments[1] < moments[2] && moments[2] < moments[3]);
        assert_eq!(moments[3].number(), Some(20_260_101_000_000.0));
        assert_eq!(moments[0].number(), None);
    }
}
