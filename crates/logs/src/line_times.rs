//! When the lines of a log were written: `run_logs/runN.times.jsonl`, beside the log.
//!
//! A line of it is `[bytes, milliseconds since 1970]`: at that time the log had so many bytes. The
//! supervisor writes one when the log has grown, at most every 20 ms, and ever more rarely the longer
//! a run speaks, so that the file stays small beside any log.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use store::clock;
use store::disk::open_append;

/// The shortest time between two entries.
const MIN_GAP: Duration = Duration::from_millis(20);
/// After so many entries the gap is doubled.
const ENTRIES_PER_GAP: u32 = 4_000;

/// The most that is held in memory: without a file nothing else bounds it.
const MAX_HELD_BYTES: usize = 64 << 10;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// How many bytes the log had.
    pub bytes: u64,
    /// When, in milliseconds since 1970.
    pub time_ms: u64,
}

/// All entries; none where there is no such file.
pub(crate) fn read(path: &Path) -> Vec<Seen> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut entries: Vec<Seen> = text.lines().filter_map(parse).collect();
    // Two supervisors may have written, the second after the death of the first.
    entries.sort_by_key(|seen| seen.bytes);
    entries
}

/// When the lines that begin at these bytes were first seen: lines of one look have one time.
pub(crate) fn of_lines(entries: &[Seen], starts: &[u64]) -> Vec<Option<u64>> {
    let time_of = |start: &u64| {
        let after = entries.partition_point(|seen| seen.bytes <= *start);
        entries.get(after).map(|seen| seen.time_ms)
    };
    starts.iter().map(time_of).collect()
}

fn parse(line: &str) -> Option<Seen> {
    let (bytes, time_ms) = serde_json::from_str(line).ok()?;
    Some(Seen { bytes, time_ms })
}

/// Notes when a log grows.
pub struct LineTimes {
    log: PathBuf,
    /// Nothing before there is a file for the entries, and where it cannot be written.
    out: Option<File>,
    /// Entries from before there was a file.
    held: String,
    known_bytes: u64,
    gap: Duration,
    entries: u32,
    last: Option<Instant>,
}

impl LineTimes {
    /// Starts watching a log. Entries stay in memory until [`Self::write_to`] names a file for them.
    #[must_use]
    pub fn start(log: PathBuf) -> Self {
        let held = String::new();
        let mut times =
            Self { log, out: None, held, known_bytes: 0, gap: MIN_GAP, entries: 0, last: None };
        times.look();
        times
    }

    /// Writes the entries to this file, those from before and those to come. A run goes on without
    /// them where that is not possible.
    pub fn write_to(&mut self, path: &Path) {
        match open_append(path) {
            Ok(mut file) => {
                // A full disk costs the times, not the run.
                let _ = file.write_all(std::mem::take(&mut self.held).as_bytes());
                self.out = Some(file);
            }
            Err(error) => tracing::debug!(%error, "the times of a log's lines are not noted"),
        }
    }

    /// Until when there is nothing to look for.
    #[must_use]
    pub fn rest(&self) -> Option<Duration> {
        let left = self.gap.saturating_sub(self.last?.elapsed());
        (!left.is_zero()).then_some(left)
    }

    /// Notes the log's size if it has grown and the last note is old enough.
    pub fn look(&mut self) {
        if self.rest().is_none() {
            self.note();
        }
    }

    /// Notes the log's size if it has grown.
    pub fn note(&mut self) {
        let bytes = fs::metadata(&self.log).map_or(0, |meta| meta.len());
        if bytes == self.known_bytes {
            return;
        }
        self.known_bytes = bytes;
        self.last = Some(Instant::now());
        let time_ms = clock::epoch_us() / 1_000;
        let entry = format!("[{bytes},{time_ms}]\n");
        match &mut self.out {
            // A full disk costs the times, not the run.
            Some(out) => drop(out.write_all(entry.as_bytes())),
            None if self.held.len() < MAX_HELD_BYTES => self.held.push_str(&entry),
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
    fn a_line_has_the_time_of_the_first_look_that_saw_it() {
        let entries: Vec<Seen> = ["[10,1000]", "[25,2000]", "no entry", "[30,3000]"]
            .into_iter()
            .filter_map(parse)
            .collect();
        let times = of_lines(&entries, &[0, 9, 10, 24, 25, 30]);
        assert_eq!(times, [Some(1000), Some(1000), Some(2000), Some(2000), Some(3000), None]);
    }

    #[test]
    fn only_growth_is_noted_and_not_too_often() {
        let dir = tempfile::tempdir().unwrap();
        let (log, path) = (dir.path().join("run1.log"), dir.path().join("run1.times.jsonl"));
        fs::write(&log, "one\n").unwrap();
        let mut times = LineTimes::start(log.clone());
        assert!(times.rest().is_some());
        assert!(!path.exists());
        times.write_to(&path);
        times.note();
        fs::write(&log, "one\ntwo\n").unwrap();
        times.note();
        let entries = read(&path);
        assert_eq!(entries.iter().map(|seen| seen.bytes).collect::<Vec<_>>(), [4, 8]);
        assert!(entries[0].time_ms <= entries[1].time_ms);
    }
}
