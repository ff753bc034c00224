//! Times at which the lines of a log were written: `run_logs/runN.times.jsonl`, beside the log.
//!
//! A line of it is `[bytes, milliseconds since 1970]`: the size of the log at that time. The
//! supervisor appends an entry when the log has grown, at most every 20 ms and less often in long
//! runs, so that the file stays small compared with the log.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use store::clock;
use store::disk::open_append;

/// Minimum time between two entries.
const MIN_GAP: Duration = Duration::from_millis(20);
/// After this many entries the minimum time is doubled.
const ENTRIES_PER_GAP: u32 = 4_000;

/// Maximum size of the entries buffered before there is a file.
const MAX_BUFFERED_BYTES: usize = 64 << 10;

/// The size of the log at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeEntry {
    /// Size of the log.
    pub bytes: u64,
    /// When, in milliseconds since 1970.
    pub time_ms: u64,
}

/// Reads all entries; empty if there is no such file.
pub(crate) fn read(path: &Path) -> Vec<TimeEntry> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut entries: Vec<TimeEntry> = text.lines().filter_map(parse).collect();
    // Two supervisors may have written, the second after the first died.
    entries.sort_by_key(|entry| entry.bytes);
    entries
}

/// When the lines that start at these offsets were first recorded: lines that were recorded
/// together have the same time.
pub(crate) fn of_lines(entries: &[TimeEntry], starts: &[u64]) -> Vec<Option<u64>> {
    let time_of = |start: &u64| {
        let after = entries.partition_point(|entry| entry.bytes <= *start);
        entries.get(after).map(|entry| entry.time_ms)
    };
    starts.iter().map(time_of).collect()
}

fn parse(line: &str) -> Option<TimeEntry> {
    let (bytes, time_ms) = serde_json::from_str(line).ok()?;
    Some(TimeEntry { bytes, time_ms })
}

/// Records when a log grows.
pub struct LineTimes {
    log: PathBuf,
    /// `None` before there is a file for the entries, and if it cannot be written.
    out: Option<File>,
    /// Entries that are buffered until there is a file.
    buffered: String,
    recorded_bytes: u64,
    gap: Duration,
    entries: u32,
    last: Option<Instant>,
}

impl LineTimes {
    /// Starts recording. Entries are buffered until [`Self::write_to`] sets their file.
    #[must_use]
    pub fn start(log: PathBuf) -> Self {
        let buffered = String::new();
        let mut times = Self {
            log,
            out: None,
            buffered,
            recorded_bytes: 0,
            gap: MIN_GAP,
            entries: 0,
            last: None,
        };
        times.poll();
        times
    }

    /// Sets the file for the entries and writes the buffered ones. On failure, recording continues
    /// without a file.
    pub fn write_to(&mut self, path: &Path) {
        match open_append(path) {
            Ok(mut file) => {
                // A full disk affects the times, not the run.
                let _ = file.write_all(std::mem::take(&mut self.buffered).as_bytes());
                self.out = Some(file);
            }
            Err(error) => tracing::debug!(%error, "the times of a log's lines are not noted"),
        }
    }

    /// Time until the next entry may be recorded; `None` if it may be recorded now.
    #[must_use]
    pub fn throttled_for(&self) -> Option<Duration> {
        let remaining = self.gap.saturating_sub(self.last?.elapsed());
        (!remaining.is_zero()).then_some(remaining)
    }

    /// Records the log's size if it has grown, unless the last entry is too recent.
    pub fn poll(&mut self) {
        if self.throttled_for().is_none() {
            self.record();
        }
    }

    /// Records the log's size if it has grown.
    pub fn record(&mut self) {
        let bytes = fs::metadata(&self.log).map_or(0, |meta| meta.len());
        if bytes == self.recorded_bytes {
            return;
        }
        self.recorded_bytes = bytes;
        self.last = Some(Instant::now());
        let time_ms = clock::epoch_us() / 1_000;
        let entry = format!("[{bytes},{time_ms}]\n");
        match &mut self.out {
            // A full disk affects the times, not the run.
            Some(out) => drop(out.write_all(entry.as_bytes())),
            None if self.buffered.len() < MAX_BUFFERED_BYTES => self.buffered.push_str(&entry),
            None => {}
        }
        self.entries += 1;
        if self.entries == ENTRIES_PER_GAP {
            self.entries = 0;
            self.gap *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_time_of_the_first_read_that_contained_it() {
        let entries: Vec<TimeEntry> = ["[10,1000]", "[25,2000]", "no entry", "[30,3000]"]
            .into_iter()
            .filter_map(parse)
            .collect();
        let times = of_lines(&entries, &[0, 9, 10, 24, 25, 30]);
        assert_eq!(times, [Some(1000), Some(1000), Some(2000), Some(2000), Some(3000), None]);
    }

    #[test]
    fn only_growth_is_recorded_at_a_limited_rate() {
        let dir = tempfile::tempdir().unwrap();
        let (log, path) = (dir.path().join("run1.log"), dir.path().join("run1.times.jsonl"));
        fs::write(&log, "one\n").unwrap();
        let mut times = LineTimes::start(log.clone());
        assert!(times.throttled_for().is_some());
        assert!(!path.exists());
        times.write_to(&path);
        times.record();
        fs::write(&log, "one\ntwo\n").unwrap();
        times.record();
        let entries = read(&path);
        assert_eq!(entries.iter().map(|entry| entry.bytes).collect::<Vec<_>>(), [4, 8]);
        assert!(entries[0].time_ms <= entries[1].time_ms);
    }
}
