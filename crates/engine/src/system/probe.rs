//! Reads CPU load and memory use from `/proc`.

use std::fs;
use std::sync::{Mutex, PoisonError};

/// Stores the CPU counters between two calls; the load is their difference.
#[derive(Default)]
pub(crate) struct SystemProbe {
    last_cpu: Mutex<Option<CpuTimes>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct CpuTimes {
    busy: u64,
    total: u64,
}

impl SystemProbe {
    /// Memory in use, in percent.
    pub(crate) fn mem_percent(&self) -> f64 {
        mem_percent(&fs::read_to_string("/proc/meminfo").unwrap_or_default())
    }

    /// CPU load since the last call, in percent.
    pub(crate) fn cpu_percent(&self) -> f64 {
        let now = cpu_times(&fs::read_to_string("/proc/stat").unwrap_or_default());
        let mut last = self.last_cpu.lock().unwrap_or_else(PoisonError::into_inner);
        // The first call returns the average since boot.
        let before = last.replace(now).unwrap_or_default();
        percent(now.busy.saturating_sub(before.busy), now.total.saturating_sub(before.total))
    }
}

/// First line of `/proc/stat` (proc(5)): user nice system idle iowait irq softirq steal.
fn cpu_times(stat: &str) -> CpuTimes {
    let line = stat.lines().next().unwrap_or_default();
    let times: Vec<u64> =
        line.split_whitespace().skip(1).take(8).filter_map(|word| word.parse().ok()).collect();
    let total = times.iter().sum();
    let idle: u64 = times.iter().skip(3).take(2).sum();
    CpuTimes { busy: total - idle, total }
}

fn mem_percent(meminfo: &str) -> f64 {
    let kib = |key: &str| -> Option<u64> {
        let line = meminfo.lines().find(|line| line.starts_with(key))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    let total = kib("MemTotal:").unwrap_or(0);
    let available = kib("MemAvailable:").unwrap_or(total);
    percent(total.saturating_sub(available), total)
}

#[expect(clippy::cast_precision_loss, reason = "a percentage needs no 53 bits")]
fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64 * 1000.0).round() / 10.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernel_texts_are_read() {
        let times = cpu_times("cpu  10 0 10 70 10 0 0 0 0 0\ncpu0 1 2 3\n");
        assert_eq!(times, CpuTimes { busy: 20, total: 100 });
        let memory = "MemTotal:       1000 kB\nMemFree: 1 kB\nMemAvailable:    250 kB\n";
        assert!((mem_percent(memory) - 75.0).abs() < 1e-9);
        assert!(mem_percent("").abs() < 1e-9);
    }
}
