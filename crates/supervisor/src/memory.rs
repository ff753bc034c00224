//! Detects whether a run ended because memory was exhausted.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::ending::Outcome;

/// How much of the end of a log is searched.
const TAIL_BYTES: u64 = 8 * 1024;

/// Messages of Python, its libraries and C++ when an allocation fails.
const OUT_OF_MEMORY_MESSAGES: [&str; 5] = [
    "MemoryError",
    "OutOfMemoryError",
    "CUDA out of memory",
    "RESOURCE_EXHAUSTED",
    "std::bad_alloc",
];

/// How many processes the kernel has OOM-killed since boot (`oom_kill` of `/proc/vmstat`, Linux
/// 4.13 and newer).
pub(crate) fn kills() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/vmstat").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("oom_kill "))?;
    line.trim().parse().ok()
}

/// Whether a run ended because memory was exhausted: it was killed while the kernel's counter rose
/// from `kills_before`, or the end of its log says so.
pub(crate) fn ran_out(outcome: &Outcome, kills_before: Option<u64>, log: &Path) -> bool {
    match outcome {
        Outcome::Signalled(9) => kills_before.is_some() && kills() > kills_before,
        Outcome::Signalled(6) | Outcome::Exited(1..) => tail(log)
            .is_some_and(|tail| OUT_OF_MEMORY_MESSAGES.iter().any(|word| tail.contains(word))),
        _ => false,
    }
}

fn tail(log: &Path) -> Option<String> {
    let file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    let start = length.saturating_sub(TAIL_BYTES);
    let mut bytes = vec![0; usize::try_from(length - start).ok()?];
    file.read_exact_at(&mut bytes, start).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_failure_is_taken_from_the_last_output() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("run1.log");
        std::fs::write(&log, "x".repeat(20_000) + "\nMemoryError\n").unwrap();
        assert!(ran_out(&Outcome::Exited(1), None, &log));
        assert!(!ran_out(&Outcome::Exited(0), None, &log));
        assert!(!ran_out(&Outcome::Signalled(9), kills(), &log));
        std::fs::write(&log, "KeyError\n").unwrap();
        assert!(!ran_out(&Outcome::Exited(1), None, &log));
    }
}
