//! Resource usage of a run.

use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// CPU time and memory of a run's processes that were waited for.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// User and system time of all of them.
    pub cpu_s: Option<f64>,
    /// The largest resident size of one of them.
    pub peak_memory_bytes: Option<u64>,
}

impl Usage {
    /// Of all children that have ended.
    pub(crate) fn of_children() -> Self {
        let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else {
            return Self::default();
        };
        let seconds = |time: nix::sys::time::TimeVal| {
            #[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
            let whole = time.tv_sec() as f64;
            whole + time.tv_usec() as f64 / 1e6
        };
        Self {
            cpu_s: Some(seconds(usage.user_time()) + seconds(usage.system_time())),
            // The kernel reports KiB.
            peak_memory_bytes: u64::try_from(usage.max_rss()).ok().map(|kib| kib * 1024),
        }
    }
}
