//! Searches the lines of a log.

use std::fs::File;
use std::io;
use std::path::Path;

use common::TaskName;
use common::log::{DEFAULT_MATCHES, SearchMessage, SearchQuery};
use grep_matcher::Matcher;
use grep_regex::RegexMatcher;
use grep_searcher::{Searcher, SearcherBuilder, Sink, SinkMatch};
use memchr::memchr_iter;

use super::text_blocks::TextBlocks;
use super::{files, matcher};
use store::task::TaskDir;
use store::{Error, Result};

/// Maximum displayed length of a line, and how much of it precedes the first match.
const MAX_DISPLAYED_BYTES: usize = 400;
const BYTES_BEFORE_MATCH: usize = 80;
/// Maximum number of highlighted matches in a line.
const MAX_RANGES: usize = 50;
/// Maximum number of line numbers in one message.
const MAX_NUMBERS: usize = 4_096;

/// The receiver of the results of a search; implemented by the server.
pub trait SearchClient {
    /// Sends a message; returns false when the client wants no more.
    fn take(&mut self, message: SearchMessage) -> bool;

    /// Whether the client is still connected. Checked repeatedly while there are no matches.
    fn is_waiting(&self) -> bool;
}

/// A search that is ready to run.
pub type ReadySearch = Box<dyn FnOnce(&mut dyn SearchClient) -> Result<()> + Send>;

/// Prepares a search in one of a task's logs. It sends matches as they are found, until the end or
/// until the client wants no more.
///
/// # Errors
/// When the task has no such log, or the expression is invalid. Nothing is sent then.
pub fn search(dir: TaskDir, query: &SearchQuery) -> Result<ReadySearch> {
    let requested = files::requested_name(query.run, query.log_file_name.as_deref());
    let (_, selected) = files::select(&dir, requested.as_deref())?;
    let matcher = matcher::of_query(query)?;
    let limit = query.limit.unwrap_or(DEFAULT_MATCHES);
    let numbers = query.numbers;
    Ok(Box::new(move |client| {
        let mut search = Search::new(matcher, limit, numbers);
        let wants_more = match &selected {
            Some(log) => search.file(&dir.run_logs().join(log), dir.name(), log, client)?,
            None => true,
        };
        if wants_more {
            client.take(search.done());
        }
        Ok(())
    }))
}

/// A search over any number of logs.
pub(crate) struct Search {
    matcher: RegexMatcher,
    searcher: Searcher,
    limit: u64,
    numbers_only: bool,
    matches: u64,
    logs: u64,
    bytes: u64,
}

impl Search {
    pub(crate) fn new(matcher: RegexMatcher, limit: u64, numbers_only: bool) -> Self {
        let searcher = SearcherBuilder::new().line_number(false).build();
        Self { matcher, searcher, limit, numbers_only, matches: 0, logs: 0, bytes: 0 }
    }

    /// Searches one log; returns false when the client wants no more.
    pub(crate) fn file(
        &mut self,
        path: &Path,
        task_name: &TaskName,
        log_file_name: &str,
        client: &mut dyn SearchClient,
    ) -> Result<bool> {
        let failed = || Error::io("searching the log", path);
        let mut blocks = TextBlocks::new(File::open(path).map_err(failed())?);
        self.logs += 1;
        let mut sink = MatchSink {
            matcher: &self.matcher,
            task_name: task_name.as_str(),
            log_file_name,
            limit: self.limit,
            matches: self.matches,
            numbers: self.numbers_only.then(Vec::new),
            lines: LineCounter::default(),
            wants_more: true,
            client,
        };
        while let Some(block) = blocks.next().map_err(failed())? {
            self.searcher.search_slice(&self.matcher, block, &mut sink).map_err(failed())?;
            if !sink.wants_more || !sink.client.is_waiting() {
                return Ok(false);
            }
            sink.lines.end(block);
        }
        let wants_more = sink.flush(true);
        self.matches = sink.matches;
        self.bytes += blocks.read_bytes();
        Ok(wants_more)
    }

    /// The last message.
    pub(crate) fn done(&self) -> SearchMessage {
        let Self { matches, logs, bytes, limit, .. } = *self;
        SearchMessage::Done { matches, logs, bytes, limited: matches > limit }
    }
}

/// Counts lines incrementally, only as far as line numbers are needed.
#[derive(Default)]
struct LineCounter {
    /// Number of line ends before `counted`, in all blocks.
    before: u64,
    /// Position in the current block up to which it was counted.
    counted: usize,
}

impl LineCounter {
    /// The number, from 1, of the line that starts at a position of the current block.
    fn number_at(&mut self, block: &[u8], at: usize) -> u64 {
        let at = at.min(block.len()).max(self.counted);
        self.before += memchr_iter(b'\n', &block[self.counted..at]).count() as u64;
        self.counted = at;
        self.before + 1
    }

    /// Counts the rest of a block; another one follows.
    fn end(&mut self, block: &[u8]) {
        self.number_at(block, block.len());
        self.counted = 0;
    }
}

/// Sends the matches to the client.
struct MatchSink<'a> {
    matcher: &'a RegexMatcher,
    task_name: &'a str,
    log_file_name: &'a str,
    limit: u64,
    matches: u64,
    numbers: Option<Vec<u64>>,
    lines: LineCounter,
    wants_more: bool,
    client: &'a mut dyn SearchClient,
}

impl Sink for &mut MatchSink<'_> {
    type Error = io::Error;

    fn matched(&mut self, _: &Searcher, line: &SinkMatch<'_>) -> io::Result<bool> {
        self.matches += 1;
        if self.matches > self.limit {
            return Ok(true);
        }
        let number = self.lines.number_at(line.buffer(), line.bytes_range_in_buffer().start);
        match &mut self.numbers {
            Some(numbers) => {
                numbers.push(number);
                let full = numbers.len() >= MAX_NUMBERS;
                self.wants_more = self.flush(full);
            }
            None => {
                let message = self.message(number, line.bytes());
                self.wants_more = self.client.take(message);
            }
        }
        Ok(self.wants_more)
    }
}

impl MatchSink<'_> {
    /// Sends the collected line numbers, if there are any and `now` is set.
    fn flush(&mut self, now: bool) -> bool {
        match &mut self.numbers {
            Some(numbers) if now && !numbers.is_empty() => {
                let lines = std::mem::take(numbers);
                self.client.take(SearchMessage::Lines { lines })
            }
            _ => self.wants_more,
        }
    }

    fn message(&self, line: u64, bytes: &[u8]) -> SearchMessage {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let first = self.matcher.find(bytes).ok().flatten().map_or(0, |found| found.start());
        let from = if bytes.len() <= MAX_DISPLAYED_BYTES {
            0
        } else {
            first.saturating_sub(BYTES_BEFORE_MATCH)
        };
        let displayed = &bytes[from..bytes.len().min(from + MAX_DISPLAYED_BYTES)];
        let text = String::from_utf8_lossy(displayed).into_owned();
        let mut ranges = Vec::new();
        // Cannot fail for an expression that compiles.
        let _ = self.matcher.find_iter(text.as_bytes(), |found| {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            ranges.push((offset(found.start()), offset(found.end())));
            ranges.len() < MAX_RANGES
        });
        SearchMessage::Match {
            task_name: self.task_name.to_owned(),
            log_file_name: self.log_file_name.to_owned(),
            line,
            text,
            ranges,
        }
    }
}
