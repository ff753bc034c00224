//! Reads new points from the journals of active runs, for clients that follow them.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use common::metric::{Call, MetricsDelta, RunProgress};
use memchr::{memchr, memrchr};
use serde::Deserialize;

use super::line::Progress;

/// Larger updates are only announced; clients then request the curves.
const MAX_BYTES: u64 = 16 * 1024;
const MAX_VALUES: usize = 256;
/// How much of the end is searched for the progress if there is more.
const TAIL_BYTES: u64 = 64 * 1024;
/// Maximum number of tracked journals.
const MAX_RUNS: usize = 1024;

/// The position up to which each journal was announced.
#[derive(Default)]
pub struct JournalTails {
    runs: HashMap<PathBuf, Tail>,
    clock: u64,
}

#[derive(Default)]
struct Tail {
    cursor: u64,
    progress: Option<RunProgress>,
    used: u64,
}

/// What is announced about a journal.
#[derive(Debug, Default, PartialEq)]
pub struct JournalUpdate {
    /// Position in the journal, at the end of a line.
    pub cursor: u64,
    /// The new points; `None` if there are too many to send.
    pub delta: Option<Box<MetricsDelta>>,
    /// The latest progress that the run reported; `None` if it reported none.
    pub progress: Option<RunProgress>,
}

#[derive(Deserialize)]
struct DeltaLine {
    #[serde(flatten)]
    call: Call,
    progress: Option<Progress>,
}

impl JournalTails {
    /// Reads the lines of a journal that were not announced yet; `None` if there is no complete
    /// line. Reads a bounded part of it.
    pub fn poll(&mut self, path: &Path) -> Option<JournalUpdate> {
        self.clock += 1;
        let used = self.clock;
        if self.runs.len() >= MAX_RUNS && !self.runs.contains_key(path) {
            self.evict_oldest();
        }
        let tail = self.runs.entry(path.to_owned()).or_default();
        tail.used = used;
        let previous = tail.cursor;
        // Lines that cannot be read now are announced with the next ones.
        let delta = tail.read_new(path).ok().flatten().map(Box::new);
        let (cursor, progress) = (tail.cursor, tail.progress);
        (cursor != previous).then_some(JournalUpdate { cursor, delta, progress })
    }

    fn evict_oldest(&mut self) {
        let mut uses: Vec<u64> = self.runs.values().map(|tail| tail.used).collect();
        uses.sort_unstable();
        let middle = uses.get(uses.len() / 2).copied().unwrap_or(u64::MAX);
        self.runs.retain(|_, tail| tail.used > middle);
    }
}

impl Tail {
    fn read_new(&mut self, path: &Path) -> std::io::Result<Option<MetricsDelta>> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length < self.cursor {
            *self = Self { used: self.used, ..Self::default() };
        }
        let from = self.cursor;
        let is_small = length - from <= MAX_BYTES;
        let start = if is_small { from } else { length.saturating_sub(TAIL_BYTES).max(from) };
        let mut bytes = vec![0; usize::try_from(length - start).unwrap_or_default()];
        file.read_exact_at(&mut bytes, start)?;
        let Some(end) = memrchr(b'\n', &bytes).map(|end| end + 1) else {
            return Ok(None);
        };
        self.cursor = start + end as u64;
        // A part from the middle starts within a line.
        let first_line = if is_small { 0 } else { memchr(b'\n', &bytes).map_or(0, |at| at + 1) };
        let lines = bytes.get(first_line..end).unwrap_or_default().split(|byte| *byte == b'\n');
        let read = lines.filter_map(|line| serde_json::from_slice::<DeltaLine>(line).ok());
        let mut delta = MetricsDelta { from, cursor: self.cursor, calls: Vec::new() };
        let mut values = 0;
        for DeltaLine { call, progress } in read {
            if let Some(reported) = progress {
                let previous = self.progress.unwrap_or_default();
                self.progress = Some(previous.next(reported.done, reported.total, call.t));
            }
            values += call.track.len();
            if !call.track.is_empty() && is_small && values <= MAX_VALUES {
                delta.calls.push(call);
            }
        }
        Ok((is_small && values <= MAX_VALUES).then_some(delta))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn few_new_points_are_sent_and_many_only_announced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run1.journal.jsonl");
        let mut file = File::create(&path).unwrap();
        let mut tails = JournalTails::default();
        let mut say = |text: &str| {
            file.write_all(text.as_bytes()).unwrap();
            tails.poll(&path).unwrap()
        };
        let first = say(
            "{\"t\":1,\"track\":{\"a\":1}}\n{\"t\":2,\"progress\":{\"done\":1,\"total\":4}}\n{\"t\":3,\"tr",
        );
        let delta = first.delta.unwrap();
        assert_eq!((delta.from, delta.cursor, delta.calls.len()), (0, first.cursor, 1));
        assert_eq!(first.progress.unwrap().fraction(), Some(0.25));
        let second = say("ack\":{\"a\":2}}\n");
        let delta = second.delta.unwrap();
        assert_eq!((delta.from, delta.calls[0].t), (first.cursor, 3.0));
        let flood = say(&"{\"t\":4,\"track\":{\"a\":3}}\n".repeat(20_000));
        assert!(flood.delta.is_none() && flood.cursor > second.cursor);
        let last = say("{\"t\":5,\"track\":{\"a\":3}}\n");
        assert_eq!(last.delta.unwrap().from, flood.cursor);
    }

    #[test]
    fn journals_that_are_quiet_are_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let mut tails = JournalTails::default();
        for n in 0..3 * MAX_RUNS {
            assert_eq!(tails.poll(&dir.path().join(n.to_string())), None);
        }
        assert!(tails.runs.len() <= MAX_RUNS);
    }
}
