//! Samples the resource usage of an active run into its journal under `sys/`: CPU, memory, GPUs.
//! Values that cannot be read or written are left out and do not affect the run.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::active_run::ActiveRun;
use super::claim::Claim;
use super::journal_line::append;
use super::sample_gpus::GpuSampler;
use super::tree::below;
use super::usage::Usage;
use crate::gpu::gpus_of_this_machine;

/// Long runs are sampled less often: age in seconds → multiple of the interval.
const INTERVAL_FACTORS: [(u64, u32); 3] = [(60, 2), (300, 5), (1800, 10)];
/// The kernel reports CPU time in hundredths of a second, independent of its own clock (proc(5)).
const TICKS_PER_S: f64 = 100.0;

/// Samples a run periodically.
pub(crate) struct Sampler {
    journal: PathBuf,
    begun: Instant,
    /// `None` if sampling is disabled.
    interval: Option<Duration>,
    next: Instant,
    last: Option<(Instant, f64)>,
    gpus: GpuSampler,
}

/// Total usage of the processes of a run.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Load {
    cpu_s: f64,
    memory_bytes: u64,
}

impl Sampler {
    pub(crate) fn new(claim: &Claim, run: &ActiveRun) -> Self {
        let interval = Duration::try_from_secs_f64(run.sample_interval_s).ok();
        let interval = interval.filter(|interval| !interval.is_zero());
        // Lower bound: more frequent sampling costs more than it is worth.
        let interval = interval.map(|interval| interval.max(Duration::from_millis(100)));
        let journal = claim.dir.journal(claim.run_index);
        Self {
            gpus: GpuSampler::new(&journal, &claim.gpus, gpus_of_this_machine),
            journal,
            begun: run.begun,
            next: run.begun + interval.unwrap_or_default(),
            interval,
            last: None,
        }
    }

    /// Time until the next sample; `None` if sampling is disabled.
    pub(crate) fn due_in(&self) -> Option<Duration> {
        self.interval.map(|_| self.next.saturating_duration_since(Instant::now()))
    }

    /// Takes a sample if it is due.
    pub(crate) fn sample(&mut self) {
        let now = Instant::now();
        let Some(interval) = self.interval.filter(|_| now >= self.next) else {
            return;
        };
        let age_s = self.begun.elapsed().as_secs();
        let factor = INTERVAL_FACTORS.iter().rev().find(|(from_s, _)| age_s >= *from_s);
        self.next = now + interval * factor.map_or(1, |(_, factor)| *factor);
        let pids = below(std::process::id());
        let mut track = Map::new();
        let load = load_of(&pids);
        let (since, before) = self.last.replace((now, load.cpu_s)).unwrap_or((self.begun, 0.0));
        let passed_s = now.duration_since(since).as_secs_f64();
        if passed_s > 0.0 {
            // Percent of one core, like `top`: two busy cores are 200.
            let percent = (load.cpu_s - before).max(0.0) / passed_s * 100.0;
            track.insert("sys/cpu_percent".to_owned(), json!((percent * 10.0).round() / 10.0));
        }
        track.insert("sys/memory_bytes".to_owned(), json!(load.memory_bytes));
        append(&self.journal, &Value::Object(track));
        self.gpus.sample(&pids);
    }
}

/// CPU time of these processes and of all children that they or the supervisor have waited for;
/// resident memory now. Pages shared by several of them count for each.
fn load_of(pids: &[u32]) -> Load {
    let waited_s = Usage::of_children().cpu_s.unwrap_or(0.0);
    let mut load = Load { cpu_s: waited_s, memory_bytes: 0 };
    let page = rustix::param::page_size() as u64;
    for pid in pids {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if let Some((ticks, pages)) = read_stat(&stat) {
            load.cpu_s += ticks / TICKS_PER_S;
            load.memory_bytes += pages * page;
        }
    }
    load
}

/// CPU ticks (utime, stime, cutime, cstime) and resident pages of `/proc/PID/stat` (proc(5)).
fn read_stat(stat: &str) -> Option<(f64, u64)> {
    // The command in parentheses may contain any character, so fields are counted from its end:
    // state is the third.
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    let ticks = number(14)? + number(15)? + number(16)? + number(17)?;
    let pages = fields.get(24 - 3)?.parse().ok()?;
    Some((ticks, pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proc_files_are_parsed() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 1 2 3 4 10 20 30 40 20 0 1 0 99 1000 55 18446744073709551615";
        assert_eq!(read_stat(stat), Some((100.0, 55)));
        assert_eq!(read_stat("nonsense"), None);
        let own = load_of(&[std::process::id()]);
        assert!(own.memory_bytes > 100_000, "{own:?}");
    }
}
